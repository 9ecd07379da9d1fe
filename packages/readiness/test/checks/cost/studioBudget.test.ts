import { expect, it } from "vitest";
import { verdictOf } from "../../subject.ts";

it("takes a person's word where production calls Studio", async () => {
  const verdict = await verdictOf("C3", { settings: { gateway: "livepeer-studio" } });
  expect(verdict).toMatchObject({
    status: "manual",
    evidence: "production calls Studio",
    why: "Studio has no API for budget alerts that an API key may read",
  });
  expect(verdict.fix).toContain("sluice launch attest C3");
});

it("asks as well where nobody says which gateway it is", async () => {
  expect(await verdictOf("C3")).toMatchObject({
    status: "manual",
    evidence: "nobody says which gateway production calls",
  });
});

it("does not apply to other gateways, of settings, environment or service", async () => {
  const own = "https://gateway.example/v1";
  const skipped = { status: "skip", evidence: `production calls ${own}, not Studio` };
  expect(await verdictOf("C3", { settings: { gateway: own } })).toEqual(skipped);
  expect(await verdictOf("C3", { env: { LIVEPEER_GATEWAY_URL: own } })).toEqual(skipped);
  const service = { gateways: [{ name: "own", baseUrl: own }], timeoutMs: 300_000, limitsKeys: false };
  const facts = { ...service, webhooks: 0, metrics: "", alerts: [] };
  expect(await verdictOf("C3", { service: facts })).toEqual(skipped);
  const studio = { name: "livepeer-studio", baseUrl: "https://livepeer.studio/api/beta/generate" };
  const both = { ...facts, gateways: [...facts.gateways, studio] };
  expect(await verdictOf("C3", { service: both })).toMatchObject({ status: "manual" });
});
