/** Bytes as file formats are written: names in ASCII, numbers of a width, one after the other. */

export type Bytes = Uint8Array<ArrayBuffer>;

type Part = string | ReadonlyArray<number> | Uint8Array;

export const concat = (...parts: ReadonlyArray<Part>): Bytes =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...part].map((char) => char.charCodeAt(0)) : [...part])),
  );

export const zeros = (length: number): Bytes => new Uint8Array(length);

/** The most significant byte first. */
export const big = (width: number, value: number): ReadonlyArray<number> =>
  Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** (width - 1 - index)) % 256);

export const little = (width: number, value: number): ReadonlyArray<number> => big(width, value).toReversed();

/** A box of the ISO base media format: its length, its name, what is in it. */
export const box = (name: string, ...parts: ReadonlyArray<Part>): Bytes => {
  const body = concat(...parts);
  return concat(big(4, body.length + 8), name, body);
};

/** An element of EBML, with its length in two bytes. */
export const element = (id: ReadonlyArray<number>, ...parts: ReadonlyArray<Part>): Bytes => {
  const body = concat(...parts);
  return concat(id, [0x40 | (body.length >> 8), body.length & 0xff], body);
};
