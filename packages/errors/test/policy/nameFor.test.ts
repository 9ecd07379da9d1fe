/** Which policy serves which failure: the whole family, each with what changes the choice. */
import { describe, expect, it } from "@effect/vitest";
import {
  type ColdSignal,
  type ConnectionReason,
  DeadlineExceeded,
  type GatewayError,
  type GatewayErrorTag,
  RetryPolicy,
} from "../../src/index.ts";
import { family, oneOfEach } from "../failures/oneOfEach.ts";
import { subject } from "../wire.ts";
import { cold, truncatedAfter, unavailable, unsent } from "./samples.ts";

const { nameFor, policyOf } = RetryPolicy;

type Name = RetryPolicy.PolicyName | undefined;

const temperatures: ReadonlyArray<RetryPolicy.Temperature | undefined> = [undefined, "unknown", "cold", "warm"];
const choices: ReadonlyArray<RetryPolicy.Choice> = temperatures.flatMap((temperature) =>
  [undefined, false, true].map((repeatIsSafe) => ({ temperature, repeatIsSafe })),
);

/** Everything that has a policy; the rest of the family has none, whatever is known of the model or the call. */
const served: Partial<Record<GatewayErrorTag, RetryPolicy.PolicyName>> = {
  ColdOrNoCapacity: "cold",
  ConnectionFailed: "connection",
  InferenceFailed: "inference",
  RateLimited: "rateLimited",
};

describe("nameFor", () => {
  it.each(family)("$_tag has its policy, or none", (error) => {
    expect(nameFor(error)).toBe(served[error._tag]);
  });

  it.each(family.filter(({ _tag }) => !(_tag in served) && _tag !== "OutcomeUnknown"))(
    "$_tag has none under any choice",
    (error) => {
      for (const choice of choices) expect(nameFor(error, choice)).toBe(undefined);
    },
  );

  it.each<readonly [ColdSignal, Name, Name]>([
    ["unavailable", "cold", "warm"],
    ["masked", "cold", "warm"],
    ["closed", "noCapacity", "noCapacity"],
    ["empty", "noCapacity", "noCapacity"],
    ["no-orchestrator", "noCapacity", "noCapacity"],
    ["proxy", "noCapacity", "noCapacity"],
  ])("the signal %s is served by %s, and of a warm model by %s", (signal, otherwise, warm) => {
    for (const choice of choices) {
      expect(nameFor(unavailable(signal), choice)).toBe(choice.temperature === "warm" ? warm : otherwise);
    }
  });

  it.each<readonly [ConnectionReason, Name]>([
    ["refused", "connection"],
    ["dns", "connection"],
    ["timeout", "connection"],
    ["unreachable", "connection"],
    ["incomplete", "connection"],
    ["tls", undefined],
    ["proxy-auth", undefined],
  ])("a connection that failed by %s is served by %s", (reason, name) => {
    for (const choice of choices) expect(nameFor(unsent(reason), choice)).toBe(name);
  });

  it("a connection that failed for good is tried again when the server says so", () => {
    expect(nameFor(unsent("tls").with({ retryable: true }))).toBe("connection");
  });

  it.each<readonly [number, Name]>([
    [0, "inference"],
    [1, undefined],
    [40, undefined],
  ])("a stream cut after %s pieces of text is served by %s", (delivered, name) => {
    for (const choice of choices) expect(nameFor(truncatedAfter(delivered), choice)).toBe(name);
  });

  it("an unknown outcome is repeated only when the caller says that this is safe", () => {
    for (const choice of choices) {
      const expected = choice.repeatIsSafe === true ? "outcomeUnknown" : undefined;
      expect(nameFor(oneOfEach.OutcomeUnknown, choice)).toBe(expected);
    }
  });

  it("a deadline that passed is not retried, though the same call may succeed later", () => {
    const error = new DeadlineExceeded({ ...subject, deadlineMs: 1000, inFlight: false });
    expect(error.retryable).toBe(true);
    expect(nameFor(error)).toBe(undefined);
  });

  it.each(family)("$_tag has none when the server forbids a retry", (error: GatewayError) => {
    for (const choice of choices) expect(nameFor(error.with({ retryable: false }), choice)).toBe(undefined);
  });

  it.each(family)("$_tag keeps its own when the server invites one", (error: GatewayError) => {
    for (const choice of choices) {
      expect(nameFor(error.with({ retryable: true }), choice)).toBe(nameFor(error, choice));
    }
  });
});

describe("policyOf", () => {
  it("gives the exported policy of that name, or never", () => {
    for (const error of family) {
      for (const choice of choices) {
        const name = nameFor(error, choice);
        expect(policyOf(error, choice)).toBe(name === undefined ? RetryPolicy.never : RetryPolicy[name]);
      }
    }
  });

  it("takes a model for cold when nothing is known", () => {
    expect(policyOf(cold)).toBe(RetryPolicy.cold);
    expect(policyOf(cold, { temperature: "warm" })).toBe(RetryPolicy.warm);
  });

  it("has a policy for every name, each another one", () => {
    const names = Object.keys(RetryPolicy.recipes) as ReadonlyArray<RetryPolicy.PolicyName>;
    expect(names.length).toBe(7);
    expect(new Set(names.map((name) => RetryPolicy[name])).size).toBe(7);
  });
});
