/** Multipart forms, written by hand so that they can be wrong. */
import fc from "fast-check";
import type { Fields } from "./mutants.ts";
import { strangeNames, strangeTexts } from "./strange.ts";
import { FilePart } from "./validValues.ts";

export interface Part {
  readonly name: string;
  readonly content: string | FilePart;
  readonly filename?: string;
  readonly type?: string;
}

/** Bytes of each kind of file. */
export type Samples = Readonly<Record<FilePart["kind"], Uint8Array>>;

/** A form has texts and files alone. */
export const partsOf = (fields: Fields): ReadonlyArray<Part> =>
  Object.entries(fields).flatMap(([name, value]): ReadonlyArray<Part> => {
    if (value === null || value === undefined) return [];
    if (value instanceof FilePart) return [fileOf(name, value)];
    if (Array.isArray(value)) return value.map((one) => ({ name: `${name}[]`, content: textOf(one) }));
    return [{ name, content: textOf(value) }];
  });

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const typesOf = { picture: "image/png", sound: "audio/wav", junk: "application/octet-stream" } as const;

const fileOf = (name: string, content: FilePart): Part => ({
  name,
  content,
  filename: "a.bin",
  type: typesOf[content.kind],
});

const one = fc.nat();

/** One part of it is not as it should be. */
export const oddParts = (parts: ReadonlyArray<Part>): fc.Arbitrary<ReadonlyArray<Part>> => {
  const at = (change: (part: Part, all: ReadonlyArray<Part>) => ReadonlyArray<Part>) => (pick: number) =>
    parts.flatMap((part, place) => (place === pick % parts.length ? change(part, parts) : [part]));
  return fc.oneof(
    one.map(at(() => [])),
    one.map(at((part) => [part, part])),
    fc
      .tuple(one, fc.integer({ min: 3, max: 60 }))
      .map(([pick, times]) => at((part) => Array<Part>(times).fill(part))(pick)),
    fc.tuple(one, strangeNames).map(([pick, name]) => at((part) => [{ ...part, name }])(pick)),
    one.map(at((part) => [{ ...part, name: `${part.name}[]` }])),
    one.map(
      at(({ name, content }) => [
        typeof content === "string" ? fileOf(name, new FilePart("junk")) : { name, content: "text" },
      ]),
    ),
    one.map(
      at(({ name, content }) => [
        fileOf(name, typeof content === "string" ? new FilePart("picture") : new FilePart("junk")),
      ]),
    ),
    fc.tuple(one, strangeTexts).map(([pick, filename]) => at((part) => [{ ...part, filename }])(pick)),
    fc
      .tuple(one, fc.constantFrom("", "text/html", "application/json", "a/b; charset=x"))
      .map(([pick, type]) => at((part) => [{ ...part, type }])(pick)),
  );
};

export const boundary = "----sluice7f3a";

const quoted = (text: string): string => text.replace(/["\r\n]/g, (one) => encodeURIComponent(one));

export const written = (parts: ReadonlyArray<Part>, samples: Samples): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, content, filename, type }) => {
      const head = [
        `--${boundary}`,
        `Content-Disposition: form-data; name="${quoted(name)}"${filename === undefined ? "" : `; filename="${quoted(filename)}"`}`,
        ...(type === undefined ? [] : [`Content-Type: ${type}`]),
      ];
      const body = typeof content === "string" ? Buffer.from(content) : samples[content.kind];
      return [Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body, Buffer.from("\r\n")];
    }),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

/** The bytes of a body, broken at some place. */
export const broken = (body: Buffer): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.nat(Math.max(0, body.length - 1)).map((length) => body.subarray(0, length)),
    fc
      .tuple(fc.nat(body.length), fc.uint8Array({ maxLength: 8 }))
      .map(([place, bytes]) => Buffer.concat([body.subarray(0, place), bytes, body.subarray(place)])),
    fc
      .constantFrom("", "\r\n", "}", "\u0000", "--", `--${boundary}`)
      .map((end) => Buffer.concat([body, Buffer.from(end)])),
  );
