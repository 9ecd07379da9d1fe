/** An answer that is not a success, read: what the rules of status and phrase decide by. */
import type { Circumstances } from "../Failure.ts";
import type { FieldError } from "../failures/InvalidRequest.ts";
import { looksLikeHtml, startOf } from "./body.ts";
import { complaintsOf } from "./Complaint.ts";
import type { Answer, Dialect, Observation } from "./Observation.ts";
import { redact } from "./redact.ts";
import { askedWaitMs } from "./RetryAfter.ts";
import { withSent } from "./sent.ts";

export interface Reading {
  readonly dialect: Dialect;
  readonly status: number;
  readonly url: string;
  /** Where a redirect points, redacted. */
  readonly location: string;
  /** The subject, and what the headers add: the request's id, a wait, that a repeat is not wanted. */
  readonly circumstances: Circumstances;
  readonly complaints: ReadonlyArray<FieldError>;
  /** All complaints in one line; empty when the body explains nothing. */
  readonly said: string;
  readonly detail: { readonly detail?: string };
  readonly isWebPage: boolean;
}

export const readingOf = (dialect: Dialect, observation: Observation, answer: Answer): Reading => {
  const { url, secrets, input } = observation;
  const { status, headers, body } = answer;
  const clean = (text: string): string => redact(text, secrets);
  const text = startOf(body);
  const complaints = complaintsOf(text, clean);
  const said = complaints.map(({ message }) => message).join("; ");
  return {
    dialect,
    status,
    url,
    location: clean([headers["location"] ?? "an unnamed place"].flat().join(", ")),
    circumstances: circumstancesOf(observation, answer),
    complaints: input === undefined ? complaints : withSent(complaints, input, secrets),
    said,
    detail: said === "" ? {} : { detail: said },
    isWebPage: looksLikeHtml(text),
  };
};

/** Where gateways and the proxies in front of them name a request; the first that is there counts. */
const idHeaders = ["x-request-id", "request-id", "cf-ray"];
const longestId = 128;

/** The subject, and what every answer may say in its headers. */
export const circumstancesOf = ({ subject, secrets, now }: Observation, { status, headers }: Answer): Circumstances => {
  const id = idHeaders.flatMap((name) => headers[name] ?? []).find((value) => value !== "");
  const waitMs = askedWaitMs(status, headers, now);
  const unwanted = [headers["x-should-retry"] ?? []].flat().includes("false");
  return {
    ...(id === undefined ? {} : { requestId: redact(id, secrets).slice(0, longestId) }),
    ...(unwanted ? { retryable: false } : {}),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs, retryAt: new Date(now + waitMs).toISOString() }),
    ...subject,
  };
};
