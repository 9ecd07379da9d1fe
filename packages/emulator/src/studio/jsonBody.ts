/**
 * A JSON body as body-parser reads it, before Studio knows what is asked or by whom.
 *
 * Its sentences are those of Node 18, on which Studio runs; V8 has reworded them since.
 */
import { parseGoJson } from "../gateway/goJson.ts";
import { mediaType, type Read } from "./payload.ts";
import { refuse } from "./refuse.ts";

/** In bytes: body-parser's 100 kB. */
const longest = 102_400;

/** A body of another kind, and no body at all, is an empty object. */
export const readJson = (contentType: string | undefined, bytes: Buffer): Read => {
  if (mediaType(contentType) !== "application/json" || bytes.length === 0) return accepted({});
  if (bytes.length > longest) return refused(413, "request entity too large");
  const text = new TextDecoder().decode(bytes);
  // Strict: nothing but an object or an array.
  const first = /[^ \t\n\r]/.exec(text);
  if (first !== null && !/[{[]/.test(first[0]))
    return refused(400, `Unexpected token ${first[0]} in JSON at position ${first.index}`);
  try {
    return accepted(JSON.parse(text));
  } catch {
    return refused(400, complaint(text, offenceIn(text)));
  }
};

const refused = (status: number, message: string): Read => ({ ok: false, refusal: refuse(status, message) });

const accepted = (value: unknown): Read => ({
  ok: true,
  payload: {
    checked: value,
    encode: (defaultModel) =>
      Promise.resolve({
        contentType: "application/json",
        bytes: Buffer.from(JSON.stringify({ model_id: defaultModel, ...(value as object) })),
      }),
  },
});

const complaint = (text: string, position: number): string => {
  const found = text.charAt(position);
  if (found === "") return "Unexpected end of JSON input";
  const what = found === '"' ? "string" : /[-\d]/.test(found) ? "number" : `token ${found}`;
  return `Unexpected ${what} in JSON at position ${position}`;
};

/**
 * Where the text stops being JSON. Go's scanner and V8's stop at the same character: the last one of the shortest
 * beginning that Go does not merely find unfinished. Go is content with a first value, V8 wants nothing behind it.
 */
const offenceIn = (text: string): number => {
  const isUnfinished = (length: number): boolean => {
    const parsed = parseGoJson(text.slice(0, length));
    return !parsed.ok && /^(unexpected )?EOF$/.test(parsed.message);
  };
  if (isUnfinished(text.length)) return text.length;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isUnfinished(middle)) low = middle + 1;
    else high = middle;
  }
  if (!parseGoJson(text.slice(0, low)).ok) return low - 1;
  return low + text.slice(low).search(/[^ \t\n\r]/);
};
