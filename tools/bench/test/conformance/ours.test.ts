/** The page tells of a run in the past: here our program meets the scenarios again, at a quicker pace. */
import { scenarioIds } from "@sluice/readiness/drill";
import { expect, it } from "vitest";
import { sluice } from "../../src/conformance/clients.ts";
import { runAll } from "../../src/conformance/run.ts";

const pace = { coldMs: 6_000, slowMs: 2_000, retryAfterMs: 1_000 };

it("our program is right wherever that can be told within seconds", async () => {
  const quick = scenarioIds.filter((id) => id !== "silence");
  const cells = await runAll([sluice], quick, pace);
  expect(cells.filter(({ verdict }) => verdict !== "right")).toEqual([]);
  expect(cells.map(({ scenario }) => scenario)).toEqual(quick);
});
