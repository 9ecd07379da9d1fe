/** The parts of a multipart body, as busboy finds them. */

export interface Part {
  readonly name: string | undefined;
  /** `undefined` also when it is empty. */
  readonly filename: string | undefined;
  /** Without parameters. */
  readonly type: string;
  readonly content: Buffer;
}

/** `undefined` when the body breaks off, or has a part whose headers do not end. */
export const readParts = (contentType: string, body: Buffer): ReadonlyArray<Part> | undefined => {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return undefined;
  const delimiter = `\r\n--${boundary}`;
  // Just in case there is no preamble.
  const bytes = Buffer.concat([Buffer.from("\r\n"), body]);
  const parts: Array<Part> = [];
  for (let at = bytes.indexOf(delimiter); at !== -1; at = bytes.indexOf(delimiter, at + 1)) {
    const start = at + delimiter.length;
    const mark = bytes.toString("latin1", start, start + 2);
    if (mark === "--") return parts;
    if (mark !== "\r\n") continue;
    const end = bytes.indexOf(delimiter, start);
    const blank = bytes.indexOf("\r\n\r\n", start);
    if (end === -1 || blank === -1 || blank + 4 > end) return undefined;
    const part = describe(bytes.toString("latin1", start, blank));
    if (part !== undefined) parts.push({ ...part, content: bytes.subarray(blank + 4, end) });
  }
  return undefined;
};

/** By the headers of a part; `undefined` for one that is no part of a form, which busboy skips. */
const describe = (headers: string): Omit<Part, "content"> | undefined => {
  const disposition = /\r\ncontent-disposition:\s*form-data\s*(;[^\r]*)?/i.exec(headers);
  if (disposition === null) return undefined;
  const parameter = (name: string): string | undefined => {
    const [, quoted, plain] =
      new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, "i").exec(disposition[1] ?? "") ?? [];
    const value = quoted?.replace(/\\(["\\])/g, "$1") ?? plain;
    return value === "" ? undefined : value;
  };
  const type = /\r\ncontent-type:\s*([^\s;]+)/i.exec(headers)?.[1] ?? "text/plain";
  return { name: parameter("name"), filename: parameter("filename"), type: type.toLowerCase() };
};
