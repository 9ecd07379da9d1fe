/**
 * What an error body says, whichever of the dialects it is written in:
 * - go-livepeer: `{"error":{"message":"…"}}`;
 * - Studio: `{"errors":["…"]}`, where a 422's entries are JSON strings of ajv errors;
 * - ai-runner (FastAPI): `{"detail":{"msg":"…"}}` and `{"detail":[{"loc":[…],"msg":"…"}]}`;
 * - anything else: its text, unless it is a web page.
 */
import type { FieldError } from "../failures/InvalidRequest.ts";

const longest = 300;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const looksLikeHtml = (text: string): boolean => /^\s*(<!doctype html|<html|<head|<\?xml)/i.test(text);

/**
 * The complaints of an error body, each with its field where the body names one.
 *
 * `clean` sees every piece of text once it has been decoded, however often it was escaped, and before it is shortened.
 */
export const complaintsOf = (text: string, clean: (text: string) => string): ReadonlyArray<FieldError> => {
  if (looksLikeHtml(text)) return [];
  const body = parseJson(text);
  const found = body === undefined ? [text] : entriesOf(body);
  return found
    .map((entry) => toComplaint(entry))
    .map(({ path, message }) => ({ path: tidy(clean(path)), message: tidy(clean(message)) }))
    .filter(({ message }) => message !== "");
};

const entriesOf = (body: unknown): ReadonlyArray<unknown> => {
  if (!isRecord(body)) return [body];
  const said = body["errors"] ?? body["error"] ?? body["detail"] ?? body["message"];
  return Array.isArray(said) ? said : [said];
};

const toComplaint = (entry: unknown): FieldError => {
  if (typeof entry === "string") {
    // Studio's 422: each entry is an ajv error, as JSON in a string.
    const nested = entry.startsWith("{") ? parseJson(entry) : undefined;
    return isRecord(nested) ? ofRecord(nested) : { path: "", message: withoutColon(entry) };
  }
  return isRecord(entry) ? ofRecord(entry) : { path: "", message: "" };
};

const ofRecord = (entry: Readonly<Record<string, unknown>>): FieldError => {
  const message = entry["message"] ?? entry["msg"];
  return typeof message === "string"
    ? { path: pathOf(entry), message: withoutColon(message) }
    : { path: "", message: "" };
};

const pathOf = ({ loc, instancePath, params }: Readonly<Record<string, unknown>>): string => {
  if (Array.isArray(loc)) {
    const place = loc.filter((part) => typeof part === "string" || typeof part === "number");
    return (place[0] === "body" ? place.slice(1) : place).join(".");
  }
  const place = typeof instancePath === "string" ? instancePath.split("/").filter(Boolean) : [];
  const named = isRecord(params) ? (params["missingProperty"] ?? params["additionalProperty"]) : undefined;
  return (typeof named === "string" ? [...place, named] : place).join(".");
};

/** go-livepeer leaves ": " in front of what a runner said. */
const withoutColon = (message: string): string => message.replace(/^\s*: /, "");

const tidy = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};
