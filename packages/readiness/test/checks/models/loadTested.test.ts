import { expect, it } from "vitest";
import type { CallEnded } from "@sluice/telemetry";
import { now, verdictOf } from "../../subject.ts";
import { call, days, hours, warm } from "./calls.ts";

const own = { pipeline: "text-to-image", model: "acme/own" };
const settings = { models: [own] };

/** So many calls, four at once, 2 s each. */
const burst = (count: number, told: Partial<CallEnded> = {}): ReadonlyArray<CallEnded> =>
  Array.from({ length: count }, (_, at) =>
    call({ model: own.model, at: now - hours(1) + 500 * at, ms: 2_000, ...told }),
  );

it("passes with enough results at once, and says how long they took", async () => {
  const calls = burst(20);
  const last = now - hours(1) + 500 * 19;
  expect(await verdictOf("M2", { settings, calls })).toEqual({
    status: "pass",
    evidence: "acme/own: 20 of 20 calls gave a result, 4 at once, p50 2.0 s, p95 2.0 s, the last 59 min ago",
    seenAt: last,
    expiresAt: last + days(7),
  });
});

it("passes with one failure of twenty-one, and fails with two of twenty-two", async () => {
  const failed = (count: number) => burst(count, { outcome: "SLUICE-500-INFERENCE" });
  expect((await verdictOf("M2", { settings, calls: [...failed(1), ...burst(20)] })).status).toBe("pass");
  const verdict = await verdictOf("M2", { settings, calls: [...failed(2), ...burst(20)] });
  expect(verdict.status).toBe("fail");
  expect(verdict.evidence).toContain("20 of 22 calls gave a result");
  expect(verdict.evidence).toContain("asked are 95 % with a result");
});

it("does not hold a caller's mistakes against the model", async () => {
  const refused = burst(10, { outcome: "SLUICE-422-INVALID-REQUEST" });
  expect((await verdictOf("M2", { settings, calls: [...refused, ...burst(20)] })).status).toBe("pass");
});

it.each([
  ["too few", burst(19)],
  ["one after the other", burst(20).map((one, at) => ({ ...one, at: now - hours(2) + 2_000 * at }))],
])("fails when the calls were %s, and says how to do it", async (_, calls) => {
  const verdict = await verdictOf("M2", { settings, calls });
  expect(verdict.status).toBe("fail");
  expect(verdict.evidence).toContain("asked are 20 results, 4 at once");
  expect(verdict.fix).toContain("xargs -P 4");
  expect(verdict.fix).toContain("--model acme/own");
});

it("goes by the load that launch.toml expects", async () => {
  const less = { models: [{ ...own, calls: 5, concurrency: 2 }] };
  expect((await verdictOf("M2", { settings: less, calls: burst(5) })).status).toBe("pass");
  const more = { models: [{ ...own, calls: 20, concurrency: 5 }] };
  expect((await verdictOf("M2", { settings: more, calls: burst(20) })).status).toBe("fail");
});

it("forgets a load test after a week", async () => {
  const calls = burst(20).map((one) => ({ ...one, at: one.at - days(7) }));
  const verdict = await verdictOf("M2", { settings, calls });
  expect(verdict).toMatchObject({
    status: "manual",
    evidence: "acme/own: no calls of the last 7 days are known here",
  });
});

it("cannot tell where no calls are known", async () => {
  const verdict = await verdictOf("M2", { settings });
  expect(verdict).toMatchObject({ status: "manual", evidence: "acme/own: no calls of the last 7 days are known here" });
  expect(verdict.fix).toContain("seq 20 | xargs -P 4 -I{} sluice generate text-to-image");
  const chat = await verdictOf("M2", { settings: { models: [{ pipeline: "llm", model: "acme/own" }] } });
  expect(chat.fix).toContain("sluice chat");
});

it("cannot tell of one model without calls, whatever another passes, and fails where another does", async () => {
  const both = { models: [own, { ...own, model: "acme/other" }] };
  const well = await verdictOf("M2", { settings: both, calls: burst(20) });
  expect(well).toMatchObject({
    status: "manual",
    evidence: "acme/other: no calls of the last 7 days are known here",
    details: [expect.stringMatching(/^acme\/own: 20 of 20/) as string],
  });
  expect(await verdictOf("M2", { settings: both, calls: burst(3) })).toMatchObject({ status: "fail" });
});

it("fails where no call of the model gave a result", async () => {
  const calls = burst(2, { outcome: "SLUICE-500-INFERENCE" });
  expect(await verdictOf("M2", { settings, calls })).toMatchObject({
    status: "fail",
    evidence: "acme/own: 2 calls, none with a result, in 7 days",
    fix: expect.stringContaining("sluice launch attest M2") as string,
  });
});

it("does not apply to a model that is documented as kept warm, and does to one on demand", async () => {
  const documented = { models: [{ pipeline: "text-to-image", model: warm }] };
  expect(await verdictOf("M2", { settings: documented })).toMatchObject({ status: "skip" });
  const onDemand = { models: [{ pipeline: "text-to-image", model: "SG161222/RealVisXL_V4.0" }] };
  expect(await verdictOf("M2", { settings: onDemand, calls: [call()] })).toMatchObject({ status: "manual" });
});

it("cannot tell which models are used, if nobody says", async () => {
  expect(await verdictOf("M2")).toMatchObject({ status: "manual" });
});
