/** A form as multer reads it, with its limits, and as Studio's validator misreads it. */
import { readParts } from "./parts.ts";
import { type Encoded, mediaType, type Read } from "./payload.ts";
import { refuse } from "./refuse.ts";

/** In bytes. What reaches a limit is cut off there, and so is already too long. */
const longestFile = 10_485_760;
const longestField = 1_048_576;

/** A field that came twice is a list. */
type Field = string | ReadonlyArray<string>;

export const readForm = (contentType = "", bytes: Buffer): Read => {
  if (mediaType(contentType) !== "multipart/form-data") return refused("Expected multipart/form-data content-type");
  const parts = readParts(contentType, bytes);
  // The parser's own errors have no status, and Studio tells no more of them.
  if (parts === undefined) return { ok: false, refusal: refuse(500, "Internal server error: Error") };
  const fields = new Map<string, Field>();
  const files: Array<readonly [name: string, file: File]> = [];
  for (const { name = "", filename, type, content } of parts) {
    if (filename !== undefined) {
      if (content.length >= longestFile) return refused("File too large");
      files.push([name, new File([Uint8Array.from(content)], filename, { type })]);
    } else if (type !== "application/octet-stream") {
      if (name === "") return refused("Field name missing");
      if (content.length >= longestField) return refused("Field value too long");
      const before = fields.get(name);
      fields.set(name, before === undefined ? content.toString() : [before, content.toString()].flat());
    }
  }
  const checked = Object.fromEntries([
    ...Array.from(fields, ([name, value]) => [name, guess(value)] as const),
    ...files.map(([name]) => [name, "dummy"] as const),
  ]);
  return { ok: true, payload: { checked, encode: (defaultModel) => encode(fields, files, defaultModel) } };
};

const refused = (message: string): Read => ({ ok: false, refusal: refuse(422, message) });

/** What begins with a number is one, whatever it was meant to be: "3 cats" is 3, and then no prompt. */
const guess = (value: Field): unknown => {
  const number = Number.parseFloat(String(value));
  if (!Number.isNaN(number)) return number;
  return value === "true" || value === "false" ? value === "true" : value;
};

/** The text is sent on as it came; only the check has guessed. */
const encode = async (
  fields: ReadonlyMap<string, Field>,
  files: ReadonlyArray<readonly [name: string, file: File]>,
  defaultModel: string,
): Promise<Encoded> => {
  const form = new FormData();
  for (const [name, value] of new Map<string, Field>([["model_id", defaultModel], ...fields]))
    for (const one of [value].flat()) form.append(name, one);
  for (const [name, file] of files) form.append(name, file);
  const response = new Response(form);
  return {
    contentType: response.headers.get("Content-Type") ?? "",
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};
