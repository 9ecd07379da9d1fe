/** The beginning of an answer's text: what is longer is no error message. */
const mostBytes = 16_384;

export const readText = async ({ body }: Response): Promise<string> => {
  if (body === null) return "";
  const parts: Array<Uint8Array> = [];
  let bytes = 0;
  for await (const part of body as ReadableStream<Uint8Array>) {
    parts.push(part);
    bytes += part.length;
    // Leaving the loop drops the rest.
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(parts).toString("utf8", 0, mostBytes);
};
