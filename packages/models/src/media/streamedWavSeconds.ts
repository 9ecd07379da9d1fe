/**
 * How long a WAV file plays whose recorder could not tell when it began to write: it leaves the length of the samples at 0
 * or at its highest value, and players take the rest of the file, as ffmpeg does for the gateway.
 */

const name = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)));

/** From its first bytes and the size of the whole; `undefined` for a WAV that says its length, and for any other file. */
export const streamedWavSeconds = (head: Uint8Array, bytes: number): number | undefined => {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 12 || name(view, 0) !== "RIFF" || name(view, 8) !== "WAVE") return undefined;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= head.length;) {
    const [chunk, length, content] = [name(view, at), view.getUint32(at + 4, true), at + 8];
    if (chunk === "data") {
      const samples = bytes - content;
      const open = length === 0 || length === 0xffff_ffff;
      return open && samples > 0 && bytesPerSecond > 0 ? samples / bytesPerSecond : undefined;
    }
    if (chunk === "fmt " && content + 12 <= head.length) bytesPerSecond = view.getUint32(content + 8, true);
    // Chunks begin at even places.
    at = content + length + (length % 2);
  }
  return undefined;
};
