/**
 * What an error body says, whichever of the dialects it is written in:
 * - go-livepeer: `{"error":{"message":"…"}}`;
 * - Studio: `{"errors":["…"]}`, where a 422's entries are JSON strings of ajv errors;
 * - ai-runner (FastAPI): `{"detail":{"msg":"…"}}` and `{"detail":[{"loc":[…],"msg":"…"}]}`;
 * - anything else: its text, unless it is a web page.
 */
import type { FieldError } from "../failures/InvalidRequest.ts";
import { type Fields, isRecord, looksLikeHtml, oneLine, parseJson, readable } from "./body.ts";

const longest = 300;
const mostComplaints = 20;

type Clean = (text: string) => string;

/**
 * The complaints of an error body, each with its field where the body names one.
 *
 * `clean` sees every piece of text once it has been decoded, however often it was escaped, and before it is shortened.
 */
export const complaintsOf = (text: string, clean: Clean): ReadonlyArray<FieldError> => {
  if (looksLikeHtml(text)) return [];
  const body = parseJson(text);
  const entries = body === undefined ? [text] : (entriesOf(body) ?? [text]);
  return tidied(entries.map(toComplaint), clean);
};

/** The same of a body that was parsed before; one of an unknown shape has none. */
export const complaintsIn = (body: unknown, clean: Clean): ReadonlyArray<FieldError> =>
  tidied((entriesOf(body) ?? []).map(toComplaint), clean);

const tidied = (complaints: ReadonlyArray<FieldError>, clean: Clean): ReadonlyArray<FieldError> => {
  const tidy = (text: string): string =>
    text === "" ? "" : shortened(oneLine(clean(withoutTrace(text).slice(0, readable))));
  return complaints
    .filter(({ message }) => message !== "")
    .slice(0, mostComplaints)
    .map(({ path, message }) => ({ path: tidy(path), message: tidy(message) }))
    .filter(({ message }) => message !== "");
};

/** Python's stack is its operator's business. */
const withoutTrace = (text: string): string =>
  text.replace(/Traceback \(most recent call last\)[^]*/, "an unexpected error");

/** Where error bodies say what is wrong; the last ones belong to no gateway that is known. */
const tellingKeys = ["errors", "error", "detail", "message", "msg", "reason", "title"];

/** `undefined` for an object of a shape that nobody knows: its text still says something. */
const entriesOf = (body: unknown): ReadonlyArray<unknown> | undefined => {
  if (!isRecord(body)) return [body].flat();
  const key = tellingKeys.find((known) => body[known] !== undefined && body[known] !== null);
  if (key !== undefined) return [body[key]].flat();
  return Object.keys(body).length === 0 ? [] : undefined;
};

const toComplaint = (entry: unknown): FieldError => {
  if (typeof entry === "string") {
    // Studio's 422: each entry is an ajv error, as JSON in a string.
    const nested = entry.startsWith("{") ? parseJson(entry) : undefined;
    return isRecord(nested) && "message" in nested ? ofRecord(nested) : ofText(entry);
  }
  return isRecord(entry) ? ofRecord(entry) : { path: "", message: "" };
};

const ofRecord = (entry: Fields): FieldError => {
  const message = entry["message"] ?? entry["msg"];
  if (typeof message !== "string") return { path: "", message: "" };
  const path = pathOf(entry);
  return path === "" ? ofText(message) : { path, message: withoutColon(message) };
};

/** Go's decoder names a field of the wrong type within its sentence. */
const ofText = (text: string): FieldError => {
  const message = withoutColon(text);
  const named = /into Go struct field \w+\.([\w.]+) of type/.exec(message);
  return { path: named?.[1] ?? "", message };
};

const pathOf = ({ loc, instancePath, params, param, path: own }: Fields): string => {
  // As OpenAI-compatible services name it, and as Sluice's own problems do.
  if (typeof param === "string") return param;
  if (typeof own === "string") return own;
  if (Array.isArray(loc)) {
    const place = loc.filter((part) => typeof part === "string" || typeof part === "number");
    return (place[0] === "body" ? place.slice(1) : place).join(".");
  }
  const place = typeof instancePath === "string" ? instancePath.split("/").filter(Boolean).map(unescapePointer) : [];
  const named = isRecord(params) ? (params["missingProperty"] ?? params["additionalProperty"]) : undefined;
  return (typeof named === "string" ? [...place, named] : place).join(".");
};

/** RFC 6901. */
const unescapePointer = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** go-livepeer leaves ": " in front of what a runner said. */
const withoutColon = (message: string): string => message.replace(/^\s*: /, "");

const shortened = (line: string): string => (line.length > longest ? `${line.slice(0, longest)}…` : line);
