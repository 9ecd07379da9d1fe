import { assert, it } from "vitest";
import { goalLines, goalsOf, type Measured } from "../../src/proxying/goals.ts";
import type { Rounds } from "../../src/proxying/statistics.ts";

const once = (figures: Readonly<Record<string, number>>): Rounds =>
  new Map(Object.entries(figures).map(([name, value]) => [name, [value]]));

/** Everything exactly at its limit. */
const kept: Measured = {
  p50: once({ direct: 50, floor: 150, sluice: 250, portkey: 450 }),
  p99: once({}),
  throughput: once({ direct: 30_000, floor: 20_000, sluice: 8_000, portkey: 2_000 }),
  growth: once({ floor: 70, sluice: 84, portkey: 1_000 }),
  firstToken: once({ direct: 10, floor: 10.5, sluice: 11 }),
  besideSlow: [2],
};

const broken: Measured = {
  p50: once({ direct: 50, floor: 150, sluice: 251, portkey: 450 }),
  p99: once({}),
  throughput: once({ sluice: 7_999, portkey: 2_000 }),
  growth: once({ floor: 70, sluice: 84.1 }),
  firstToken: once({ direct: 10, sluice: 11.1 }),
  besideSlow: [2.1],
};

it("a run at the limits keeps every goal", () => {
  assert.deepEqual(
    goalsOf(kept).map(({ met }) => met),
    [true, true, true, true, true, true],
  );
});

it("a run just beyond the limits keeps none", () => {
  assert.deepEqual(
    goalsOf(broken).map(({ met }) => met),
    [false, false, false, false, false, false],
  );
});

it("what was not measured is neither", () => {
  const without = goalsOf({ ...kept, growth: once({ floor: 70 }), besideSlow: [] });
  assert.deepEqual(
    without.map(({ met }) => met),
    [true, true, true, undefined, true, undefined],
  );
  assert.match(goalLines(without), /^not measured {2}growth under uploads, of the floor's/m);
});

it("each goal has a line with its verdict", () => {
  assert.match(goalLines(goalsOf(kept)), /^met {11}added p50, of the floor's: 2.00, goal 2$/m);
  assert.match(goalLines(goalsOf(broken)), /^not met {7}requests a second, of Portkey's: 4.00, goal 4$/m);
});
