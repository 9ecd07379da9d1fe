/** The worker behind a capability: a container of somebody's own, of which Livepeer knows nothing but its answers. */
import { goJson } from "../Reply.ts";
import type { ByocCapability } from "./ByocCapability.ts";

/** What an orchestrator hands on to it. */
export interface WorkerRequest {
  /** Behind `/process/request/`. */
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface WholeAnswer {
  readonly kind: "whole";
  readonly status: number;
  readonly body: string;
}

/** `lines` of an event stream, without their line feeds. */
export type WorkerAnswer = WholeAnswer | { readonly kind: "events"; readonly lines: ReadonlyArray<string> };

export const workerAnswer = ({ answers = "echo" }: ByocCapability, request: WorkerRequest): WorkerAnswer =>
  answers === "stream"
    ? { kind: "events", lines: eventsOf(request.body.toString("utf8")) }
    : wholeAnswer({ answers }, request);

/** What it says to word of a video stream, which is never in events. */
export const wholeAnswer = (
  { answers }: Pick<ByocCapability, "answers">,
  { path, contentType, body }: WorkerRequest,
): WholeAnswer => {
  if (typeof answers === "number") {
    return { kind: "whole", status: answers, body: goJson({ detail: `The worker answers ${answers}.` }) };
  }
  const echo = { body: jsonOr(body.toString("utf8")), content_type: contentType, path };
  return { kind: "whole", status: 200, body: goJson(echo) };
};

export const doneLine = "data: [DONE]";

const eventsOf = (text: string): ReadonlyArray<string> => {
  const words = text.match(/\s*\S+/g) ?? [];
  return [...words.flatMap((word, index) => [`data: ${goJson({ index, text: word })}`, ""]), doneLine, ""];
};

/** What the text means as JSON, or itself. */
const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
