/** Rules about who is asked: what a gateway offers, takes and forbids. */
import { pipelines } from "../pipelines/pipelines.ts";
import type { Plan, Rule } from "./Rule.ts";

const gatewayRetired: Rule = {
  name: "gateway-retired",
  severity: "refuse",
  why: "A retired gateway answers 410 Gone, or nothing.",
  check: ({ profile }) =>
    profile.status === "retired"
      ? { path: "", message: `${profile.name} is retired`, fix: "Choose another gateway." }
      : undefined,
};

const pipelineOffered: Rule = {
  name: "pipeline-offered",
  severity: "refuse",
  why: "A gateway answers 404 at the path of a pipeline that it does not have.",
  check: ({ pipeline, profile }) => {
    if (profile.pipelines.includes(pipeline)) return undefined;
    return {
      path: "",
      message: `${profile.name} does not offer ${pipeline}; it has ${profile.pipelines.join(", ")}`,
      fix: "Choose another gateway.",
    };
  },
};

const llmForm: Rule = {
  name: "llm-form",
  severity: "refuse",
  pipelines: ["llm"],
  why: "Studio refuses llm as JSON with 422; its old form is refused with 400 by every go-livepeer behind it.",
  check: ({ profile }) =>
    profile.llm === "form"
      ? {
          path: "messages",
          message: `cannot be sent: ${profile.name} takes llm only as its old form (prompt, history), which go-livepeer 0.8 and later refuse`,
          fix: "Choose a gateway that takes llm as JSON, such as livepeer-cloud or a go-livepeer of your own.",
        }
      : undefined,
};

const streamBuffered: Rule = {
  name: "stream-buffered",
  severity: "refuse",
  pipelines: ["llm"],
  why: "A gateway that buffers answers holds every token back until the last one.",
  check: ({ request, profile }) =>
    request["stream"] === true && profile.streaming === "buffered"
      ? {
          path: "stream",
          message: `is true, but ${profile.name} holds the whole answer back`,
          fix: "Leave stream out, or choose a gateway that streams.",
        }
      : undefined,
};

const fieldRefused: Rule = {
  name: "field-refused",
  severity: "refuse",
  why: "Studio refuses a field that its schema lacks with 422.",
  check: ({ pipeline, request, profile }) => {
    // The whole of such a request is told by `llm-form`.
    if (pipeline === "llm" && profile.llm === "form") return undefined;
    const path = profile.unknownFields[pipeline]?.find(
      (name) => Object.hasOwn(request, name) && request[name] !== undefined,
    );
    return path === undefined
      ? undefined
      : { path, message: `is unknown to ${profile.name}`, fix: "Leave it out, or choose another gateway." };
  },
};

/** What Studio's form parser takes for a number or a boolean: a text that begins with a number is one. */
const isCoerced = (text: string): boolean =>
  !Number.isNaN(Number.parseFloat(text)) || text === "true" || text === "false";

const formText: Rule = {
  name: "form-text",
  severity: "refuse",
  why: "Studio reads a form's text that begins with a number as that number, and refuses it with 422: must be string.",
  check: ({ pipeline, request, profile }) => {
    if (profile.formText === "kept" || pipelines[pipeline].wire === "json") return undefined;
    const path = Object.keys(request).find((name) => {
      const value = request[name];
      return typeof value === "string" && isCoerced(value);
    });
    return path === undefined
      ? undefined
      : {
          path,
          message: `begins like a number or is true or false, and ${profile.name} reads such a text as one`,
          fix:
            path === "return_timestamps"
              ? 'Write "sentence" for "true" and "1".'
              : 'Begin it with a word: "three cats" or "photo of 3 cats", not "3 cats".',
        };
  },
};

const jsonSize: Rule = {
  name: "json-size",
  severity: "refuse",
  why: "Studio refuses a JSON body over 100 kB with 413.",
  check: ({ pipeline, request, profile: { name, jsonLimitBytes: limit } }) => {
    if (limit === undefined || pipelines[pipeline].wire !== "json") return undefined;
    if (mostBytes(request) <= limit) return undefined;
    const bytes = new TextEncoder().encode(JSON.stringify(request)).byteLength;
    return bytes <= limit
      ? undefined
      : {
          path: longestText(request),
          message: `makes a body of ${bytes} bytes, and ${name} takes ${limit} at most`,
          fix: "Shorten it.",
        };
  },
};

/** More than a body can have, without writing it: a character takes six bytes at most, any other value fewer than 50. */
const mostBytes = (request: Plan["request"]): number => {
  let bytes = 2;
  for (const name in request) {
    const value = request[name];
    if (typeof value === "object") return Infinity;
    bytes += 6 * (name.length + (typeof value === "string" ? value.length : 0)) + 50;
  }
  return bytes;
};

/** The field that makes a body long. */
const longestText = (request: Plan["request"]): string => {
  const length = (name: string): number => JSON.stringify(request[name] ?? "").length;
  return Object.keys(request).reduce((one, other) => (length(other) > length(one) ? other : one), "");
};

export const gatewayRules: ReadonlyArray<Rule> = [
  gatewayRetired,
  pipelineOffered,
  llmForm,
  streamBuffered,
  fieldRefused,
  formText,
  jsonSize,
];
