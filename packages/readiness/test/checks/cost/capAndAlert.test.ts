import { expect, it } from "vitest";
import type { Deliveries, Evidence } from "../../../src/index.ts";
import { now, verdictOf } from "../../subject.ts";

const day = 86_400_000;
const delivered = (daysAgo: number, ...webhooks: Deliveries["webhooks"]): Evidence => ({
  mistakes: [],
  deliveries: { version: 1, at: new Date(now - daysAgo * day).toISOString(), webhooks },
});
const taken = { host: "hooks.example.com", isTaken: true };
const service = { gateways: [], timeoutMs: 300_000, limitsKeys: false, webhooks: 1, metrics: "", alerts: [] };

it("passes with a cap and an alert that was delivered", async () => {
  const given = { settings: { cost: { cap: "0.05" } }, evidence: delivered(10, taken) };
  expect(await verdictOf("C2", given)).toEqual({
    status: "pass",
    evidence: "$0.05 a call (launch.toml); hooks.example.com took an alert on 2026-11-12",
    places: [{ file: "launch.toml" }],
    seenAt: now - 10 * day,
    expiresAt: now + 80 * day,
  });
});

it("takes a budget of a month, a variable, and Sluice's configuration, with its line", async () => {
  const evidence = delivered(1, taken);
  const budget = await verdictOf("C2", { settings: { cost: { budget: "500" } }, evidence });
  expect(budget.evidence).toContain("$500 a month (launch.toml)");
  const variable = await verdictOf("C2", { env: { SLUICE_MAX_COST: "0.10" }, evidence });
  expect(variable.evidence).toContain("$0.10 a call (SLUICE_MAX_COST)");
  const file = "apps/web/sluice.config.toml";
  const configured = await verdictOf("C2", { files: { [file]: '# cost\nmax_cost = "0.05"\n' }, evidence });
  expect(configured).toMatchObject({ status: "pass", places: [{ file, line: 2 }] });
});

it("takes no cap of an example", async () => {
  const verdict = await verdictOf("C2", { files: { "examples/a/sluice.config.toml": "max_cost = 1\n" } });
  expect(verdict.evidence).toContain("no cap and no budget is set");
});

it.each([{ maxCostUsd: "0.05" }, { limitsKeys: true }])("takes what a service bounds: %o", async (bound) => {
  const verdict = await verdictOf("C2", { service: { ...service, ...bound, deliveredAt: now - day } });
  expect(verdict).toMatchObject({ status: "pass", expiresAt: now + 89 * day });
});

it("warns of a cap whose alert nobody got lately", async () => {
  const settings = { cost: { cap: "0.05" } };
  const verdict = await verdictOf("C2", { settings });
  expect(verdict).toMatchObject({ status: "warn", fix: "sluice api alerts test --save" });
  expect((await verdictOf("C2", { settings, evidence: delivered(90, taken) })).status).toBe("pass");
  expect((await verdictOf("C2", { settings, evidence: delivered(91, taken) })).status).toBe("warn");
});

it("fails when a webhook did not take the alert", async () => {
  const evidence = delivered(1, taken, { host: "pager.example.com", isTaken: false });
  const verdict = await verdictOf("C2", { settings: { cost: { cap: "0.05" } }, evidence });
  expect(verdict.status).toBe("fail");
  expect(verdict.evidence).toContain("pager.example.com did not take the alert of 2026-11-21");
  expect(verdict.fix).toContain("Mend the webhook");
});

it.each([
  ["nothing", {}],
  ["an alert alone", { evidence: delivered(1, taken) }],
  ["a cap that is no amount", { env: { SLUICE_MAX_COST: "cheap" } }],
  ["a configuration that is not TOML", { files: { "sluice.config.toml": "max_cost =" } }],
])("cannot tell with %s, for code may have a cap of its own", async (_, given) => {
  const verdict = await verdictOf("C2", given);
  expect(verdict).toMatchObject({ status: "manual", why: "a cap in the application's own code is not seen" });
  expect(verdict.evidence).toContain("no cap and no budget is set");
  expect(verdict.fix).toContain("sluice config set max_cost");
});

it("fails of a service that bounds nothing", async () => {
  expect(await verdictOf("C2", { service })).toMatchObject({
    status: "fail",
    fix: expect.stringContaining("maxCostUsd") as string,
  });
});

it("takes no alert of a day that is still to come", async () => {
  const settings = { cost: { cap: "0.05" } };
  expect((await verdictOf("C2", { settings, evidence: delivered(-2, taken) })).status).toBe("warn");
});
