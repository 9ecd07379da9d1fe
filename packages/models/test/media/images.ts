/** The smallest files of each image format that say how large they are, built from their specifications. */
import { big, box, type Bytes, concat, little, zeros } from "./bytes.ts";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const png = (width: number, height: number): Bytes =>
  concat(signature, big(4, 13), "IHDR", big(4, width), big(4, height), [8, 2, 0, 0, 0], zeros(4));

/** `before`: bytes of application data, such as a colour profile, ahead of the size. In segments, as JPEG wants them. */
export const jpeg = (width: number, height: number, before = 0): Bytes => {
  const longest = 65_533;
  const segments = Array.from({ length: Math.ceil(before / longest) }, () =>
    concat([0xff, 0xe2], big(2, longest + 2), zeros(longest)),
  );
  const jfif = concat([0xff, 0xe0], big(2, 16), "JFIF", [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  const frame = concat([0xff, 0xc0], big(2, 17), [8], big(2, height), big(2, width), [3], zeros(9));
  const length = segments.reduce((sum, segment) => sum + segment.length, 0);
  const file = zeros(2 + jfif.length + length + frame.length + 2);
  file.set([0xff, 0xd8]);
  file.set(jfif, 2);
  segments.forEach((segment, index) => file.set(segment, 2 + jfif.length + index * segment.length));
  file.set(frame, 2 + jfif.length + length);
  file.set([0xff, 0xd9], file.length - 2);
  return file;
};

/** With fill bytes before its markers, which the standard allows, and a marker that stands alone. */
export const filledJpeg = (width: number, height: number): Bytes => {
  const file = jpeg(width, height);
  return concat(file.slice(0, 2), [0xff, 0xff], file.slice(2, 20), [0xff, 0x01, 0xff, 0xff], file.slice(20));
};

export const gif = (width: number, height: number): Bytes =>
  concat("GIF89a", little(2, width), little(2, height), [0x80, 0, 0], zeros(6), [0x3b]);

export const webp = (width: number, height: number): Bytes =>
  concat("RIFF", little(4, 22), "WEBPVP8X", little(4, 10), zeros(4), little(3, width - 1), little(3, height - 1));

const isoImage = (brand: string) => (width: number, height: number) =>
  concat(
    box("ftyp", brand, zeros(4), "mif1"),
    box("meta", zeros(4), box("iprp", box("ipco", box("ispe", zeros(4), big(4, width), big(4, height))))),
  );

export const avif = isoImage("avif");
export const heic = isoImage("heic");

export const svg = (width: number, height: number): Bytes =>
  concat(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="M0 0"/></svg>`);
