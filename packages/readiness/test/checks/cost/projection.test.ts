import { expect, it } from "vitest";
import type { Projection } from "../../../src/index.ts";
import { now, verdictOf } from "../../subject.ts";

const day = 86_400_000;
const isoAgo = (days: number): string => new Date(now - days * day).toISOString();

const rate = { label: "$0.019/MP", source: "our contract", asOf: isoAgo(10).slice(0, 10) };
const made: Projection = {
  version: 1,
  at: isoAgo(5),
  perMonth: { usd: "597.69", atLeast: false },
  rates: [rate],
  unpriced: [],
};
const of = (told: Partial<Projection>) => ({ evidence: { mistakes: [], projection: { ...made, ...told } } });

it("passes with a fresh projection, and says the sum, the rate and its source", async () => {
  expect(await verdictOf("C1", of({}))).toEqual({
    status: "pass",
    evidence: "$597.69 a month, worked out on 2026-11-17, at $0.019/MP (our contract, 2026-11-12)",
    details: ["$0.019/MP: our contract, 2026-11-12"],
    places: [{ file: ".sluice/launch/projection.json" }],
    seenAt: now - 5 * day,
    expiresAt: now + 25 * day,
  });
});

it("fails when it is 30 days old", async () => {
  expect((await verdictOf("C1", of({ at: isoAgo(29.9) }))).status).toBe("pass");
  const verdict = await verdictOf("C1", of({ at: isoAgo(30) }));
  expect(verdict.status).toBe("fail");
  expect(verdict.evidence).toContain("more than 30 days ago");
  expect(verdict.fix).toMatch(/^sluice cost project .*--save/);
});

it("fails when it is of a day that is still to come", async () => {
  expect((await verdictOf("C1", of({ at: isoAgo(-0.4) }))).status).toBe("pass");
  const verdict = await verdictOf("C1", of({ at: isoAgo(-400) }));
  expect(verdict).toMatchObject({ status: "fail", evidence: expect.stringContaining("still to come") as string });
});

it("cannot tell without one, for it may have been made elsewhere", async () => {
  const verdict = await verdictOf("C1", { files: {} });
  expect(verdict).toMatchObject({
    status: "manual",
    evidence: ".sluice/launch/projection.json holds no projection",
    why: expect.stringContaining("spreadsheet") as string,
  });
  expect(verdict.fix).toMatch(/^sluice cost project .*--save/);
});

it.each([isoAgo(366).slice(0, 10), isoAgo(-30).slice(0, 10), "some day"])("warns of a rate of %s", async (asOf) => {
  const verdict = await verdictOf("C1", of({ rates: [rate, { ...rate, label: "$1/min", asOf }] }));
  expect(verdict.status).toBe("warn");
  expect(verdict.evidence).toContain("and 1 more");
  expect(verdict.evidence).toContain(`the rate $1/min is of ${asOf}`);
  expect(verdict.fix).toContain("prices");
});

it("warns of calls without a known price", async () => {
  const verdict = await verdictOf("C1", of({ perMonth: { usd: "12", atLeast: true }, unpriced: ["upscale"] }));
  expect(verdict.status).toBe("warn");
  expect(verdict.evidence).toContain("at least $12 a month");
  expect(verdict.evidence).toContain("without a known price: upscale");
});

it("does not apply to a service", async () => {
  const service = { gateways: [], timeoutMs: 300_000, limitsKeys: false, webhooks: 0, metrics: "", alerts: [] };
  expect(await verdictOf("C1", { service })).toMatchObject({ status: "skip" });
});
