import { describe, expect, it } from "vitest";
import type { ScenarioResult } from "../../../src/drill/DrillReport.ts";
import { verdictOf } from "../../subject.ts";
import { evidenceOf, expiresAt, requestsAt, scenario, seenAt, service } from "./drill.ts";

const judged = (
  times: ReadonlyArray<number>,
  given: Partial<ScenarioResult> = {},
  limited: Partial<ScenarioResult> = {},
) =>
  verdictOf("E6", {
    evidence: evidenceOf([
      scenario("cold-503", { requests: requestsAt(...times), ...given }),
      scenario("rate-limit", limited),
    ]),
  });

const wrong = { verdict: "wrong", wrong: "it gave up", change: "Wait longer." } as const;

it("passes with waits that grow, and says how long they were", async () => {
  expect(await judged([0, 1_000, 3_100, 7_400])).toEqual({
    status: "pass",
    evidence: "drill, cold-503: 4 requests, 1.0 s, 2.1 s, 4.3 s apart",
    seenAt,
    expiresAt,
  });
});

it.each([
  ["jitter", [0, 1_000, 2_800, 4_500, 10_000, 17_000]],
  ["calls side by side", [0, 10, 1_000, 1_030, 3_000, 3_010, 7_000, 7_020]],
  ["waits as long as they get", [0, 15_000, 30_000, 44_000]],
  ["one long wait", [0, 21_000]],
])("passes with %s", async (_, times) => expect(await judged(times)).toMatchObject({ status: "pass" }));

it("passes when the waits grow, though it gives up: that is E3's", async () => {
  expect(await judged([0, 500, 1_500], wrong)).toMatchObject({ status: "pass" });
});

it.each([
  ["four waits", [0, 5_000, 10_000, 15_000, 20_000]],
  ["two", [0, 1_000, 2_000]],
])("is warned when %s do not grow", async (_, times) => {
  const verdict = await judged(times);
  expect(verdict).toMatchObject({
    status: "warn",
    evidence: expect.stringContaining("the waits do not grow") as string,
  });
  expect(verdict.fix).toContain("twice as long each time");
});

it.each([
  ["nothing is tried again", [0]],
  ["it gives up after one retry", [0, 500]],
  ["they do not wait", [0, 10, 20, 30, 40, 50]],
])("fails when %s, with what the drill would change", async (why, times) => {
  const verdict = await judged(times, wrong);
  expect(verdict).toMatchObject({
    status: "fail",
    evidence: expect.stringContaining(why) as string,
    fix: "Wait longer.",
  });
});

it("fails when a rate limit is not respected", async () => {
  const limited = {
    verdict: "wrong",
    seen: "3 requests, 0.1 s apart",
    wrong: "Retry-After asked for 3 s",
    change: "Obey it.",
  } as const;
  expect(await judged([0, 1_000, 3_000], {}, limited)).toMatchObject({
    status: "fail",
    evidence: "drill, rate-limit: 3 requests, 0.1 s apart: Retry-After asked for 3 s",
    fix: "Obey it.",
  });
});

describe("it cannot tell", () => {
  it("without a drill", async () => {
    expect(await verdictOf("E6")).toMatchObject({
      status: "manual",
      fix: "sluice launch drill -- <your test command>",
    });
  });

  it("when the program was never seen in front of a cold model", async () => {
    const verdict = await judged([], { verdict: "not-exercised" });
    expect(verdict).toMatchObject({ status: "manual", evidence: "the drill saw nothing of cold-503" });
  });
});

it("passes for a service, whose client is Sluice's", async () => {
  const verdict = await verdictOf("E6", { service });
  expect(verdict).toMatchObject({ status: "pass", evidence: expect.stringContaining("waits grow") as string });
});
