/** A failure in OpenAI's words, whoever said it first: go-livepeer, Studio, or a proxy that speaks plain text. */
import type { AnswerReply } from "../Reply.ts";
import { type Fields, inJson } from "./Door.ts";

interface Said {
  readonly message: string;
  /** The field at fault. */
  readonly param?: string;
  readonly code?: string;
}

const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
};

const codes: Readonly<Record<number, string>> = { 401: "invalid_api_key", 429: "rate_limit_exceeded" };

export const failure = (status: number, { message, param, code }: Said): AnswerReply => ({
  kind: "answer",
  status,
  ...inJson({
    error: {
      message,
      type: types[status] ?? (status < 500 ? "invalid_request_error" : "server_error"),
      param: param ?? null,
      code: code ?? codes[status] ?? null,
    },
  }),
});

/** The same failure in OpenAI's words. A web page stays one: whoever wrote it stands in front of the gateway. */
export const worded = (reply: AnswerReply): AnswerReply => {
  const { "Content-Type": type = "", "Content-Length": _, ...headers } = reply.headers;
  if (type.startsWith("text/html")) return reply;
  const said = saidIn(String(reply.body));
  if (said === undefined) return reply;
  const told = failure(reply.status, said);
  return { ...told, headers: { ...headers, ...told.headers } };
};

/** `undefined` when that is OpenAI's already. */
const saidIn = (body: string): Said | undefined => {
  const value = parsed(body);
  if (value === undefined) return { message: body.trim() };
  const { error, errors } = value;
  const { message, type } = (error ?? {}) as Fields;
  if (type !== undefined) return undefined;
  if (typeof message === "string") return { message };
  return Array.isArray(errors) && typeof errors[0] === "string" ? refusedField(errors[0]) : { message: body.trim() };
};

/** Studio's refusal of a field is JSON in a string. */
const refusedField = (text: string): Said => {
  const { instancePath, message } = parsed(text) ?? {};
  if (typeof instancePath !== "string" || typeof message !== "string") return { message: text };
  const field = instancePath.slice(1);
  const param = field === "width" || field === "height" ? "size" : field;
  return { message: `Invalid '${param}': ${message}.`, param, code: "invalid_type" };
};

const parsed = (text: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
};
