/**
 * A request with a file as multipart/form-data (RFC 7578), in the form that Go's mime/multipart and multer read: the texts
 * come first, and the file has a name, without which it would count as a text.
 */
import type { Upload } from "@sluice/models";
import type { BodyParts } from "./Transport.ts";

export interface Multipart {
  /** For the `content-type` header: it names the boundary. */
  readonly contentType: string;
  readonly parts: BodyParts;
}

export interface Form {
  /** Those that are `undefined` are left out; numbers and booleans are written as text, and what is neither as JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The file's field. */
  readonly field: string;
  /** Keeps the name and the type that it has. */
  readonly upload: Upload;
  /** What its first bytes say that it is, such as `png`: names the file, and its type, where it has none. */
  readonly format?: string | undefined;
}

export const multipart = ({ fields, field, upload, format }: Form): Multipart => {
  const boundary = newBoundary();
  const texts = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${headOf(boundary, name)}\r\n\r\n${textOf(value)}\r\n`],
  );
  const name = escape(fileNameOf(upload, field, format));
  const disposition = `${headOf(boundary, field)}; filename="${name}"`;
  const before = `${texts.join("")}${disposition}\r\nContent-Type: ${typeOf(upload, field, format)}\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    parts: [encoder.encode(before), upload, encoder.encode(`\r\n--${boundary}--\r\n`)],
  };
};

const encoder = new TextEncoder();

/** 128 random bits. Not `randomUUID`, which pages without TLS do not have. */
const newBoundary = (): string => {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"));
  return `sluice-${digits.join("")}`;
};

const headOf = (boundary: string, name: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"`;

/** As browsers do (https://html.spec.whatwg.org/#multipart-form-data), for every control character. */
const escape = (name: string): string => name.replace(/["\p{Cc}]/gu, encodeURIComponent);

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The last part of a File's name, such as `fox.png`; else `image.png` or `audio.wav`. Never empty. */
const fileNameOf = (upload: Upload, field: string, format: string | undefined): string => {
  // Go reads a backslash as an escape, and a folder is nobody's business.
  const own = upload instanceof File ? upload.name.split(/[/\\]/).at(-1) : undefined;
  if (own !== undefined && own !== "") return own;
  return format === undefined ? field : `${field}.${format}`;
};

/** The fields with files are called `image` and `audio`, as the types of what they take are. */
const typeOf = (upload: Upload, field: string, format: string | undefined): string => {
  if (upload instanceof Blob && upload.type !== "") return upload.type;
  return format === undefined ? "application/octet-stream" : `${field}/${format === "mp3" ? "mpeg" : format}`;
};
