/**
 * What a file is, by its first bytes alone: what a gateway says of it is not believed. Only types that a browser shows without
 * running anything in them are known. SVG and HTML are not among them.
 */

/** So many bytes tell. */
export const tellingBytes = 64;

const unknownType = "application/octet-stream";

/** `head`: the beginning of the file, of `tellingBytes` where it has as many. */
export const contentTypeOf = (head: Uint8Array): string => {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, tellingBytes)).toString("latin1");
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? unknownType;
};

/** Whether a browser may show it in place. */
export const isShown = (type: string): boolean => /^(image|video|audio)\//.test(type);

/** Each byte as a character. */
const signs: ReadonlyArray<readonly [type: string, sign: RegExp]> = [
  ["image/png", /^\x89PNG\r\n\x1a\n/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/gif", /^GIF8[79]a/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["audio/wav", /^RIFF[^]{4}WAVE/],
  // The brand: AVIF and HEIC begin like this as well.
  ["video/mp4", /^[^]{4}ftyp(iso[2-9m]|mp4[12]|avc1|dash|M4V |MSNV|mmp4)/],
  // Matroska is the same but for its name.
  ["video/webm", /^\x1aE\xdf\xa3[^]*?\x42\x82[^]{1,8}?webm/],
  ["audio/flac", /^fLaC/],
  // With a tag, or a frame of layer III.
  ["audio/mpeg", /^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/],
];
