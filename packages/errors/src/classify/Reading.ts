/** An answer that is not a success, read: what the rules of status and phrase decide by. */
import type { Circumstances, Subject } from "../Failure.ts";
import type { FieldError } from "../failures/InvalidRequest.ts";
import { looksLikeHtml, startOf } from "./body.ts";
import { complaintsOf } from "./Complaint.ts";
import { valuesOf } from "./headers.ts";
import type { Answer, Dialect, Observation } from "./Observation.ts";
import { redact } from "./redact.ts";
import { askedWaitMs } from "./RetryAfter.ts";
import { textsIn, withSent } from "./sent.ts";

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
  const clean = cleanerOf(observation);
  const text = startOf(body);
  const complaints = complaintsOf(text, clean);
  const said = complaints.map(({ message }) => message).join("; ");
  return {
    dialect,
    status,
    url: clean(url),
    location: clean(valuesOf(headers, "location").join(", ")).slice(0, longestPlace) || "an unnamed place",
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
const longestPlace = 300;

/** Takes out of a gateway's words what no error may repeat: the key, and the texts that were sent for a model. */
export const cleanerOf = ({ secrets, input }: Observation): ((text: string) => string) => {
  const texts = textsIn(input);
  return (text) => texts.reduce((rest, own) => rest.replaceAll(own, "<text>"), redact(text, secrets));
};

/** The subject, and what every answer may say in its headers. */
export const circumstancesOf = (observation: Observation, { status, headers }: Answer): Circumstances => {
  const { secrets, now } = observation;
  const id = idHeaders.flatMap((name) => valuesOf(headers, name)).find((value) => value !== "");
  const waitMs = askedWaitMs(status, headers, now);
  const unwanted = valuesOf(headers, "x-should-retry").some((value) => value.toLowerCase() === "false");
  return {
    ...(id === undefined ? {} : { requestId: redact(id, secrets).slice(0, longestId) }),
    ...(unwanted ? { retryable: false } : {}),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs, ...retryAt(now + waitMs) }),
    ...cleanSubject(observation),
  };
};

const retryAt = (at: number): Pick<Circumstances, "retryAt"> =>
  Number.isFinite(at) ? { retryAt: new Date(at).toISOString() } : {};

/** A base URL may hold a key, and a key may have been given as a model. */
export const cleanSubject = ({ subject, secrets }: Observation): Subject => {
  const { gateway, model } = subject;
  return {
    ...subject,
    gateway: redact(gateway, secrets),
    ...(model === undefined ? {} : { model: redact(model, secrets) }),
  };
};
