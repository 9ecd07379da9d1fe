/**
 * Turns what was seen on the wire into an error of the family, or "success".
 *
 * Pure. "Success" means only that the body is worth decoding as the pipeline's answer. The sources of the rules are the
 * gateways' code: statuses are not what they seem in every dialect.
 */
import type { Circumstances } from "../Failure.ts";
import { ColdOrNoCapacity, type ColdSignal } from "../failures/ColdOrNoCapacity.ts";
import { ConnectionFailed } from "../failures/ConnectionFailed.ts";
import { Forbidden } from "../failures/Forbidden.ts";
import { InferenceFailed } from "../failures/InferenceFailed.ts";
import { InvalidRequest } from "../failures/InvalidRequest.ts";
import { MalformedResponse } from "../failures/MalformedResponse.ts";
import { OutcomeUnknown } from "../failures/OutcomeUnknown.ts";
import { PipelineNotOffered } from "../failures/PipelineNotOffered.ts";
import { PipelineRetired } from "../failures/PipelineRetired.ts";
import { RateLimited } from "../failures/RateLimited.ts";
import { Unauthorized } from "../failures/Unauthorized.ts";
import type { GatewayError } from "../GatewayError.ts";
import { complaintsOf, looksLikeHtml } from "./Complaint.ts";
import type { Answer, Break, Dialect, Observation } from "./Observation.ts";
import { redact } from "./redact.ts";
import { retryAfterMs } from "./RetryAfter.ts";

/** How much of a body is read for an explanation, in bytes. */
const readable = 16_384;
const excerptLength = 200;
const openingBrace = 0x7b;

export const classify = (dialect: Dialect, observation: Observation): GatewayError | "success" =>
  observation.wire.kind === "answer"
    ? classifyAnswer(dialect, observation, observation.wire)
    : classifyBreak(dialect, observation, observation.wire);

const classifyBreak = (dialect: Dialect, { subject, url, secrets }: Observation, wire: Break): GatewayError => {
  const circumstances: Circumstances =
    wire.cause === undefined ? subject : { ...subject, cause: cleanCause(wire.cause, secrets) };
  switch (wire.kind) {
    case "unsent":
      return new ConnectionFailed({ ...circumstances, reason: wire.reason, url });
    case "closed":
      // go-livepeer panics, and so closes the socket, where it means 503: github.com/livepeer/go-livepeer/issues/3867
      return dialect === "go-livepeer"
        ? new ColdOrNoCapacity({ ...circumstances, signal: "closed", status: null })
        : new OutcomeUnknown({ ...circumstances, status: null });
    case "cut":
      return new OutcomeUnknown({ ...circumstances, status: wire.status });
    case "unreadable":
      return new MalformedResponse({ ...circumstances, status: wire.status, reason: wire.reason });
  }
};

/** A transport's own error may quote what was sent: only its words are kept, redacted. */
const cleanCause = (cause: unknown, secrets: ReadonlyArray<string>): Error => {
  const { name, message } = cause instanceof Error ? cause : new Error("the transport did not say");
  // Node's `AggregateError` of refused addresses has a code and no message.
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const clean = new Error(redact(message === "" ? code : message, secrets));
  clean.name = name;
  return clean;
};

const classifyAnswer = (dialect: Dialect, observation: Observation, answer: Answer): GatewayError | "success" => {
  const { subject, now, url, secrets } = observation;
  const { status } = answer;
  if (status >= 200 && status < 300) return classifySuccess(observation, answer);

  const complaints = complaintsOf(readText(answer), (text) => redact(text, secrets));
  const detail = complaints.length === 0 ? {} : { detail: complaints.map(({ message }) => message).join("; ") };
  const wait = waitOf(answer, now);
  const cold = (signal: ColdSignal) => new ColdOrNoCapacity({ ...subject, signal, status, ...wait });
  switch (status) {
    case 401:
      return new Unauthorized(subject);
    case 403:
      return new Forbidden({ ...subject, ...detail });
    case 404:
    case 405:
      return new PipelineNotOffered({ ...subject, url });
    case 410:
      return new PipelineRetired(subject);
    case 429:
      return new RateLimited({ ...subject, ...wait });
    case 503:
      return cold("unavailable");
    case 502:
    case 504:
    case 524:
      return cold("proxy");
  }
  if (status < 400)
    return new MalformedResponse({ ...subject, status, reason: `it redirects to ${locationOf(observation, answer)}` });
  if (status < 500) return new InvalidRequest({ ...subject, status, fields: complaints });
  if (dialect === "studio" && complaints.some(({ message }) => maskedByStudio.test(message))) return cold("masked");
  return new InferenceFailed({ ...subject, status, ...detail });
};

/** Studio's controller answers every upstream status of 500 and above, and every closed socket, with one of these. */
const maskedByStudio = /^(Failed to generate |Internal server error: (FetchError|undefined))/;

const classifySuccess = ({ subject, secrets }: Observation, answer: Answer): GatewayError | "success" => {
  const { status, body } = answer;
  if (body[0] === openingBrace) return "success";
  const start = readText(answer).trim();
  if (start === "" || start === "null") return new ColdOrNoCapacity({ ...subject, signal: "empty", status });
  if (!looksLikeHtml(start)) return "success";
  const excerpt = redact(start, secrets).replace(/\s+/g, " ").slice(0, excerptLength);
  return new MalformedResponse({ ...subject, status, reason: "the body is a web page", excerpt });
};

const readText = ({ body }: Answer): string => new TextDecoder().decode(body.subarray(0, readable));

const locationOf = ({ secrets }: Observation, { headers }: Answer): string =>
  redact([headers["location"] ?? "an unnamed place"].flat().join(", "), secrets);

const waitOf = (answer: Answer, now: number): { readonly retryAfterMs?: number; readonly retryAt?: string } => {
  const wait = retryAfterMs(answer.headers["retry-after"], now);
  return wait === undefined ? {} : { retryAfterMs: wait, retryAt: new Date(now + wait).toISOString() };
};
