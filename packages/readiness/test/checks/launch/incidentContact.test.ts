import { expect, it } from "vitest";
import { verdictOf } from "../../subject.ts";

it("passes with a contact", async () => {
  const verdict = await verdictOf("S2", { files: {}, settings: { incident: { contact: "on-call@example.com" } } });
  expect(verdict).toEqual({ status: "pass", evidence: "on-call@example.com" });
});

it("fails without one, and says where to put it", async () => {
  const verdict = await verdictOf("S2", { files: {} });
  expect(verdict).toMatchObject({ status: "fail", evidence: "launch.toml names nobody" });
  expect(verdict.fix).toContain("[incident]");
});

it("does not apply to a service", async () => {
  const service = { gateways: [], timeoutMs: 300_000, limitsKeys: false, webhooks: 0, metrics: "", alerts: [] };
  expect(await verdictOf("S2", { service })).toMatchObject({ status: "skip" });
});
