import { assert, it } from "vitest";
import { Tally } from "../../src/soak/Tally.ts";

it("refusals, failures of the gateway and callers who leave are no complaint", () => {
  const tally = new Tally();
  tally.add("an image", { end: "2xx" });
  tally.add("an image", { end: "5xx", code: "SLUICE-502-OUTCOME-UNKNOWN" });
  tally.add("an image", { end: "left" });
  tally.add("invalid", { end: "4xx", code: "SLUICE-422-INVALID-REQUEST" });
  assert.deepEqual(tally.complaints, []);
  assert.equal(tally.total, 4);
  assert.deepEqual(tally.counts.ends, { "an image": { "2xx": 1, "5xx": 1, left: 1 }, invalid: { "4xx": 1 } });
});

it.each([
  [{ end: "broken" }, "1 requests had no whole answer"],
  [{ end: "wrong" }, "1 invalid requests were not refused with a 4xx"],
  [{ end: "5xx", code: "SLUICE-500-INTERNAL" }, "1 answers were faults of the service itself (SLUICE-500-INTERNAL)"],
] as const)("%o among many others is a complaint", (ended, complaint) => {
  const tally = new Tally();
  for (let number = 0; number < 1_000; number += 1) tally.add("an image", { end: "2xx" });
  tally.add("an image", ended);
  assert.deepEqual(tally.complaints, [complaint]);
});

it("a run without requests proves nothing", () => {
  assert.deepEqual(new Tally().complaints, ["no request was sent"]);
});
