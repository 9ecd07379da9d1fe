/**
 * Turns what was seen on the wire into an error of the family, or "success".
 *
 * Pure, and total: whatever came has an answer. "Success" means that the body is worth decoding as the pipeline's answer.
 * The sources of the rules are the gateways' code: statuses are not what they seem in every dialect.
 */
import type { Circumstances } from "../Failure.ts";
import { ColdOrNoCapacity } from "../failures/ColdOrNoCapacity.ts";
import { ConnectionFailed } from "../failures/ConnectionFailed.ts";
import { InvalidRequest } from "../failures/InvalidRequest.ts";
import { MalformedResponse } from "../failures/MalformedResponse.ts";
import { OutcomeUnknown } from "../failures/OutcomeUnknown.ts";
import { StreamTruncated } from "../failures/StreamTruncated.ts";
import type { GatewayError } from "../GatewayError.ts";
import { byPhrase } from "./phrases.ts";
import { byStatus } from "./byStatus.ts";
import { isEventStream, stateOf } from "./eventStream.ts";
import type { Answer, Break, Dialect, Observation } from "./Observation.ts";
import { cleanSubject, readingOf } from "./Reading.ts";
import { redact } from "./redact.ts";
import { judgeSuccess, type Verdict } from "./success.ts";

export const classify = (dialect: Dialect, observation: Observation): Verdict => {
  const { wire } = observation;
  if (wire.kind !== "answer") return judgeBreak(dialect, observation, wire);
  return isSuccess(wire.status) ? judgeSuccess(observation, wire) : judgeFailure(dialect, observation, wire);
};

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const judgeFailure = (dialect: Dialect, observation: Observation, answer: Answer): GatewayError => {
  const reading = readingOf(dialect, observation, answer);
  return byPhrase(reading) ?? byStatus(reading);
};

const judgeBreak = (dialect: Dialect, observation: Observation, wire: Break): Verdict => {
  const { secrets, elapsedMs = 0 } = observation;
  const url = redact(observation.url, secrets);
  const subject = cleanSubject(observation);
  const circumstances: Circumstances =
    wire.cause === undefined ? subject : { ...subject, cause: cleanCause(wire.cause, secrets) };
  switch (wire.kind) {
    case "unsent":
      return new ConnectionFailed({ ...circumstances, reason: wire.reason, url });
    case "closed":
      // go-livepeer panics, and so closes the socket, where it means 503: github.com/livepeer/go-livepeer/issues/3867.
      // It looks for orchestrators for two seconds; a socket that closes long after was closed by something else.
      return dialect === "go-livepeer" && elapsedMs <= longestSearchMs
        ? new ColdOrNoCapacity({ ...circumstances, signal: "closed", status: null })
        : new OutcomeUnknown({ ...circumstances, status: null });
    case "cut": {
      const { status, headers = {}, body = new Uint8Array(), stream } = wire;
      // The status had said it all.
      if (!isSuccess(status)) {
        return judgeFailure(dialect, observation, { kind: "answer", status, headers, body }).with(circumstances);
      }
      if (!isEventStream(headers)) return new OutcomeUnknown({ ...circumstances, status });
      const { finished, delivered } = stream ?? stateOf(body);
      return finished ? "success" : new StreamTruncated({ ...circumstances, delivered });
    }
    case "unreadable": {
      const { status, limitBytes } = wire;
      const limit = limitBytes === undefined ? {} : { limitBytes };
      return new MalformedResponse({ ...circumstances, ...limit, status, reason: redact(wire.reason, secrets) });
    }
    case "unfinished": {
      const fields = [{ path: fileIn(observation.input), message: spoilt, fix: leaveIt }];
      return new InvalidRequest({ ...circumstances, status: null, fields });
    }
    case "dropped":
      return wire.error;
  }
};

const spoilt = "could not be read to its end: the file was changed, moved or removed while it was sent";
const leaveIt = "Leave the file as it is until the call has ended, then call again.";

/** The field that carries a file; empty when none is known. */
const fileIn = (input: unknown): string => {
  if (typeof input !== "object" || input === null) return "";
  // Data alone: a getter may do anything.
  const fields = Object.entries(Object.getOwnPropertyDescriptors(input));
  return fields.find(([, { value }]) => value instanceof Blob)?.[0] ?? "";
};

const longestSearchMs = 10_000;

/** A transport's own error may quote what was sent: only its words are kept, redacted. */
const cleanCause = (cause: unknown, secrets: ReadonlyArray<string>): Error => {
  const told = cause instanceof Error ? cause : new Error("the transport did not say");
  const message = wordOf(told, "message");
  // Node's `AggregateError` of refused addresses has a code and no message.
  const clean = new Error(redact(message === "" ? wordOf(told, "code") : message, secrets));
  clean.name = redact(wordOf(told, "name"), secrets) || clean.name;
  return clean;
};

/** Whatever was thrown: nothing says that an error's message is a text, or that it can be read. */
const wordOf = (error: Error, field: "message" | "code" | "name"): string => {
  try {
    const value = (error as Error & { readonly code?: unknown })[field];
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
};
