/** What BYOC's handlers share of HTTP. */
import type { Incoming } from "../gateway/Incoming.ts";

/** Empty when it was not sent. */
export const headerOf = ({ headers }: Incoming, name: string): string => {
  const value = headers[name];
  return typeof value === "string" ? value : "";
};

/** Nobody names the type of a worker's answer, so that Go looks at its first bytes: JSON is text. */
export const textPlain = { "Content-Type": "text/plain; charset=utf-8" };

export const eventStream = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-cache",
  Connection: "keep-alive",
};

/** Longer bodies are not kept in the journal. In bytes. */
const longestNoted = 8_192;

/** Keeps a body of JSON for the journal, and nothing of any other. */
export const noteJson = (incoming: Incoming, body: Buffer): void => {
  if (body.length > longestNoted) return;
  try {
    incoming.noteBody(JSON.parse(body.toString("utf8")));
  } catch {
    // Whatever the worker is sent, the journal has no form for it.
  }
};
