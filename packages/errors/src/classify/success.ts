/** Whether an answer with a status of 2xx is one: a gateway says 200 to several failures, and so do portals. */
import { ColdOrNoCapacity } from "../failures/ColdOrNoCapacity.ts";
import { EmptyResult } from "../failures/EmptyResult.ts";
import { InferenceFailed } from "../failures/InferenceFailed.ts";
import { MalformedResponse } from "../failures/MalformedResponse.ts";
import { StreamTruncated } from "../failures/StreamTruncated.ts";
import type { GatewayError } from "../GatewayError.ts";
import { type Fields, isRecord, jsonOf, looksLikeHtml, oneLine, startOf } from "./body.ts";
import { complaintsIn } from "./Complaint.ts";
import { isEventStream, stateOf } from "./eventStream.ts";
import { valuesOf } from "./headers.ts";
import type { Answer, Observation } from "./Observation.ts";
import { circumstancesOf, cleanerOf } from "./Reading.ts";

export type Verdict = GatewayError | "success";

export const judgeSuccess = (observation: Observation, answer: Answer): Verdict => {
  if (observation.expects === "bytes") return judgeMedia(observation, answer);
  if (isEventStream(answer.headers)) return judgeStream(observation, answer);
  const json = jsonOf(answer);
  if (isRecord(json)) return judgeObject(observation, answer, json);
  const { body, status } = answer;
  if (json === null || isBlank(body)) {
    return new ColdOrNoCapacity({ ...circumstancesOf(observation, answer), signal: "empty", status });
  }
  const reason = json === undefined ? whatElse(startOf(body)) : "the body is JSON, but not an object";
  return malformed(observation, answer, reason);
};

/** Where bytes are expected, only none at all, a web page and JSON, which tells of an error, are out of place. */
const judgeMedia = (observation: Observation, answer: Answer): Verdict => {
  if (answer.body.length === 0) return new EmptyResult(circumstancesOf(observation, answer));
  if (looksLikeHtml(startOf(answer.body))) return malformed(observation, answer, "the body is a web page");
  const isJson = /^\s*application\/([\w.-]+\+)?json\b/i.test(valuesOf(answer.headers, "content-type").join());
  return isJson ? malformed(observation, answer, "the body is JSON, where media was expected") : "success";
};

/** Keys under which pipelines return lists that a result fills. Go writes `null` for a list that was never begun. */
const lists = ["images", "choices"] as const;

const judgeObject = (observation: Observation, answer: Answer, json: Fields): Verdict => {
  // The answer to a poll holds the pipeline's own.
  const result = isRecord(json["result"]) ? json["result"] : json;
  const complaints = complaining.filter((key) => Object.hasOwn(result, key) && !isEmpty(result[key]));
  if (complaints.length > 0 && !results.some((key) => !isEmpty(result[key]))) {
    const complaint = Object.fromEntries(complaints.map((key) => [key, result[key]]));
    const said = complaintsIn(complaint, cleanerOf(observation));
    const detail = said.length === 0 ? {} : { detail: said.map(({ message }) => message).join("; ") };
    return new InferenceFailed({ ...circumstancesOf(observation, answer), status: answer.status, ...detail });
  }
  const nothing = Object.keys(result).length === 0 || lists.some((key) => key in result && isEmpty(result[key]));
  return nothing ? new EmptyResult(circumstancesOf(observation, answer)) : "success";
};

const isEmpty = (value: unknown): boolean => (Array.isArray(value) ? value.length === 0 : !value);

const complaining = ["error", "errors", "detail"];
/** With one of these, an answer has a result beside its complaint. */
const results = [...lists, "text", "chunks", "audio", "masks", "result"];

const judgeStream = (observation: Observation, answer: Answer): Verdict => {
  // The end decides, so the whole is read.
  const { finished, delivered, error } = answer.stream ?? stateOf(answer.body);
  if (finished && error === undefined) return "success";
  const [said] = error === undefined ? [] : complaintsIn({ error }, cleanerOf(observation));
  const detail = said === undefined ? {} : { detail: said.message };
  return new StreamTruncated({ ...circumstancesOf(observation, answer), delivered, ...detail });
};

const isBlank = (body: Uint8Array): boolean => body.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));

const whatElse = (start: string): string => {
  if (looksLikeHtml(start)) return "the body is a web page";
  return /^\s*[[{]/.test(start) ? "the body is JSON that breaks off or is broken" : "the body is not JSON";
};

const excerptLength = 200;

const malformed = (observation: Observation, answer: Answer, reason: string): MalformedResponse => {
  const excerpt = oneLine(cleanerOf(observation)(startOf(answer.body))).slice(0, excerptLength);
  return new MalformedResponse({ ...circumstancesOf(observation, answer), status: answer.status, reason, excerpt });
};
