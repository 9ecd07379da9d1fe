import { expect, it } from "vitest";
import { checks } from "../../../src/index.ts";
import { verdictOf } from "../../subject.ts";

it("takes a person's word, for a week, where a bill comes", async () => {
  const verdict = await verdictOf("O5", { settings: { gateway: "livepeer-studio" } });
  expect(verdict).toMatchObject({ status: "manual", evidence: "livepeer-studio sends a bill" });
  expect(verdict.fix).toContain("sluice launch attest O5");
  expect(checks.find(({ id }) => id === "O5")?.attestedDays).toBe(7);
});

it("asks as well where nobody says which gateway it is", async () => {
  expect(await verdictOf("O5")).toMatchObject({ status: "manual" });
});

it("does not apply to a free gateway", async () => {
  const verdict = await verdictOf("O5", { settings: { gateway: "livepeer-cloud" } });
  expect(verdict).toEqual({ status: "skip", evidence: "livepeer-cloud sends no bill" });
});
