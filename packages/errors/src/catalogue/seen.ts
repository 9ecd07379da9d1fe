/** What a reader would have seen on the wire, with the key redacted as in an error. */
import { looksLikeHtml } from "../classify/body.ts";
import { redact } from "../classify/redact.ts";
import type { AnswerSeen, BreakSeen, Example } from "./Entry.ts";
import { exampleKey } from "./examples.ts";
import { block } from "./markdown.ts";

/** As a block; empty for a failure that no gateway sends. */
export const seenOf = (example: Example): string => {
  if (example.kind === "made") return "";
  return example.kind === "answer" ? block("http", textOf(example)) : block("text", storyOf(example));
};

const clean = (text: string): string => redact(text, [exampleKey]);

const textOf = ({ status, headers, body }: AnswerSeen): string => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status}`, ...lines, "", clean(body)].join("\n");
};

const storyOf = ({ wire }: BreakSeen): string => {
  switch (wire.kind) {
    case "unsent":
      return `The request was never sent: ${wire.reason}.`;
    case "closed":
      return "The request was sent. The connection closed before one byte of an answer.";
    case "unreadable":
      return `The gateway answered, but ${wire.reason}.`;
    case "unfinished":
      return "A file in the request could not be read to its end, so the request was given up.";
    case "dropped":
      return `HTTP/1.1 ${wire.status}\n\nHere the caller hung up.`;
    case "cut":
      return `HTTP/1.1 ${wire.status}\n\n${clean(new TextDecoder().decode(wire.body))}\n\nHere the connection broke.`;
  }
};

const longest = 60;

/** In one line: the start of the body, or how the connection broke. */
export const brieflySeen = (example: AnswerSeen | BreakSeen): string =>
  example.kind === "answer" ? startOf(clean(example.body).trim()) : breakOf(example);

const startOf = (text: string): string => {
  if (text === "") return "nothing";
  if (looksLikeHtml(text)) return "a web page";
  return `\`${text.length > longest ? `${text.slice(0, longest)}…` : text}\``;
};

const breakOf = ({ wire }: BreakSeen): string => {
  switch (wire.kind) {
    case "unsent":
      return `the request was not sent: ${wire.reason}`;
    case "closed":
      return "the connection closed";
    case "unreadable":
      return wire.reason;
    case "unfinished":
      return "a file in the request could not be read";
    case "dropped":
      return `${wire.status}, then the caller hung up`;
    case "cut":
      return `${wire.status}, then the connection broke`;
  }
};
