/** The stories of ops/prometheus/tests.yaml. What fires, and when, is worked out by hand here and by Prometheus there. */
import type { Counted, Firing, Scenario, Stretch } from "./Scenario.ts";

const each = (minutes: number, events: number, bad: number): Stretch => ({ minutes, events, bad });
const counts = (objective: string, ...stretches: ReadonlyArray<Stretch>): Counted => ({ objective, stretches });

/** Attempts, which both of the checklist's alerts count: each stretch is minutes, attempts, unavailable, server errors. */
const attempts = (...stretches: ReadonlyArray<readonly [number, number, number, number]>): ReadonlyArray<Counted> => [
  counts("unavailable", ...stretches.map(([minutes, all, unavailable]) => each(minutes, all, unavailable))),
  counts("server-errors", ...stretches.map(([minutes, all, , errors]) => each(minutes, all, errors))),
];

const times = <One>(count: number, of: ReadonlyArray<One>): ReadonlyArray<One> =>
  Array.from({ length: count }, () => of).flat();

/** Four minutes with a request that fails, and one without any. */
const fourOfFive = [
  [4, 1, 1, 0],
  [1, 0, 0, 0],
] as const;

const elsewhere = (counted: Counted): Counted => ({ ...counted, gateway: "livepeer-cloud" });

const fires = (alert: string, share: string): Firing => ({ alert, share });
const at = (minute: number, ...firing: ReadonlyArray<Firing>) => ({ minute, firing });

const checklist: ReadonlyArray<Scenario> = [
  {
    name: "when no request finds a warm orchestrator, the alert fires after ten minutes, and not before",
    counted: attempts([60, 10, 0, 0], [60, 10, 10, 0]),
    then: [at(61), at(70), at(71, fires("LivepeerUnavailable", "100%")), at(120, fires("LivepeerUnavailable", "100%"))],
  },
  {
    name: "it counts from the fifth request on",
    // One a minute: the fifth is in after five minutes.
    counted: attempts([60, 1, 1, 0]),
    then: [at(14), at(15, fires("LivepeerUnavailable", "100%"))],
  },
  {
    name: "two requests that fail are no outage, and neither are four in each five minutes",
    counted: [...attempts([2, 1, 1, 0], [58, 0, 0, 0]), ...attempts(...times(12, fourOfFive)).map(elsewhere)],
    then: [at(2), at(4), at(9), at(12), at(14), at(19), at(60)],
  },
  {
    name: "4.9% is below the limit",
    counted: attempts([90, 1000, 49, 0]),
    then: [at(11), at(90)],
  },
  {
    name: "5% is the limit, and not above it; nor is 1%",
    counted: attempts([90, 1000, 50, 10]),
    then: [at(11), at(90)],
  },
  {
    name: "5.1% is above the limit",
    counted: attempts([90, 1000, 51, 0]),
    then: [at(10), at(11, fires("LivepeerUnavailable", "5.1%")), at(90, fires("LivepeerUnavailable", "5.1%"))],
  },
  {
    name: "one bad minute is over before the alert fires",
    counted: attempts([60, 10, 0, 0], [1, 10, 10, 0], [60, 10, 0, 0]),
    then: [at(61), at(70), at(71), at(90)],
  },
  {
    name: "so are six; of seven, the last is in the window when it has held for ten minutes",
    counted: [
      ...attempts([60, 10, 0, 0], [6, 10, 10, 0], [60, 10, 0, 0]),
      ...attempts([60, 10, 0, 0], [7, 10, 10, 0], [60, 10, 0, 0]).map(elsewhere),
    ],
    then: [at(70), at(71, { alert: "LivepeerUnavailable", share: "20%", gateway: "livepeer-cloud" }), at(72), at(90)],
  },
  {
    name: "it resolves when the last five minutes are good again",
    counted: attempts([60, 10, 0, 0], [20, 10, 10, 0], [60, 10, 0, 0]),
    then: [at(80, fires("LivepeerUnavailable", "100%")), at(84, fires("LivepeerUnavailable", "20%")), at(85), at(120)],
  },
  {
    name: "it resolves when nobody asks any more",
    counted: attempts([20, 10, 10, 0], [60, 0, 0, 0]),
    then: [at(24, fires("LivepeerUnavailable", "100%")), at(25), at(80)],
  },
  {
    name: "a cold model raises one of the checklist's two alerts",
    counted: attempts([60, 10, 2, 0]),
    then: [at(10), at(11, fires("LivepeerUnavailable", "20%")), at(60, fires("LivepeerUnavailable", "20%"))],
  },
  {
    name: "a few cold answers raise neither, though they are more than 1% of all",
    counted: attempts([60, 100, 3, 0]),
    then: [at(11), at(60)],
  },
  {
    name: "failed inferences raise the other",
    counted: attempts([60, 100, 0, 2]),
    then: [at(10), at(11, fires("LivepeerServerErrors", "2%")), at(60, fires("LivepeerServerErrors", "2%"))],
  },
];

const sources: ReadonlyArray<Scenario> = [
  {
    name: "replicas are added up: one that suffers alone is not above the limit",
    counted: [
      { ...counts("unavailable", each(60, 50, 5)), instance: "a" },
      { ...counts("unavailable", each(60, 50, 0)), instance: "b" },
    ],
    then: [at(11), at(60)],
  },
  {
    name: "replicas are added up: what neither has enough of, both have",
    // They take turns: of five minutes, one has two or three and the other the rest.
    counted: [
      { ...counts("unavailable", ...times(30, [each(1, 1, 1), each(1, 0, 0)])), instance: "a" },
      { ...counts("unavailable", ...times(30, [each(1, 0, 0), each(1, 1, 1)])), instance: "b" },
    ],
    then: [at(14), at(15, fires("LivepeerUnavailable", "100%"))],
  },
  {
    name: "a gateway that fails is told by name, and one that works is left out",
    counted: [
      { ...counts("unavailable", each(60, 10, 0)), gateway: "livepeer-studio" },
      { ...counts("unavailable", each(60, 10, 10)), gateway: "livepeer-cloud" },
    ],
    then: [at(10), at(11, { alert: "LivepeerUnavailable", share: "100%", gateway: "livepeer-cloud" })],
  },
  {
    name: "a pipeline that fails is told by name",
    counted: [
      { ...counts("unavailable", each(60, 10, 0)), pipeline: "text-to-image" },
      { ...counts("unavailable", each(60, 10, 10)), pipeline: "upscale" },
    ],
    then: [at(11, { alert: "LivepeerUnavailable", share: "100%", pipeline: "upscale" })],
  },
  {
    name: "a restart of the process, whose counters begin again, neither raises nor ends an alert",
    counted: [
      counts("unavailable", each(20, 10, 10), { ...each(20, 10, 10), restarted: true }),
      counts("server-errors", each(20, 10, 0), { ...each(20, 10, 0), restarted: true }),
    ],
    then: [20, 21, 22, 30, 40].map((minute) => at(minute, fires("LivepeerUnavailable", "100%"))),
  },
];

const fast = "LivepeerErrorBudgetFastBurn";
const slow = "LivepeerErrorBudgetSlowBurn";
const leak = "LivepeerErrorBudgetLeak";

const budget: ReadonlyArray<Scenario> = [
  {
    name: "the faster the error budget burns, the more of its alerts fire",
    // A good hour, then one call in five fails: 4, 26 and 44 minutes of that are above 1%, 6% and 14.4% of all.
    counted: [counts("availability", each(60, 100, 0), each(60, 100, 20))],
    then: [
      at(63),
      at(64, fires(leak, "1.25%")),
      at(85, fires(leak, "5.882%")),
      at(86, fires(leak, "6.047%"), fires(slow, "6.047%")),
      at(103, fires(leak, "8.35%"), fires(slow, "8.35%")),
      at(104, fires(leak, "8.462%"), fires(slow, "8.462%"), fires(fast, "14.67%")),
    ],
  },
  {
    name: "7% burns it in five days: nobody needs two pages",
    counted: [counts("availability", each(120, 100, 7))],
    then: [at(1, fires(slow, "7%"), fires(leak, "7%")), at(120, fires(slow, "7%"), fires(leak, "7%"))],
  },
  {
    name: "2% is a leak, for a ticket",
    counted: [counts("availability", each(120, 100, 2))],
    then: [at(120, fires(leak, "2%"))],
  },
  {
    name: "1% is what the target allows",
    counted: [counts("availability", each(120, 100, 1))],
    then: [at(1), at(120)],
  },
  {
    name: "each alert ends when its short window is good again: after 5 minutes, 30 minutes and 6 hours",
    counted: [counts("availability", each(60, 10, 10), each(400, 10, 0))],
    then: [
      at(64, fires(fast, "93.33%"), fires(slow, "93.75%"), fires(leak, "93.75%")),
      at(65, fires(slow, "92.31%"), fires(leak, "92.31%")),
      // In the last half hour, 2 of 30 minutes are bad at minute 88, and 1 at minute 89.
      at(88, fires(slow, "68.18%"), fires(leak, "68.18%")),
      at(89, fires(leak, "67.42%")),
      // In the last six hours, 4 of 360 minutes are bad at minute 416, and 3 at minute 417.
      at(416, fires(leak, "14.42%")),
      at(417),
    ],
  },
  {
    name: "fewer than 20 calls in the short window burn nothing",
    // Three a minute are 15 in five minutes; half an hour has enough.
    counted: [counts("availability", each(60, 3, 3))],
    then: [at(6), at(7, fires(slow, "100%"), fires(leak, "100%")), at(60, fires(slow, "100%"), fires(leak, "100%"))],
  },
];

const quality: ReadonlyArray<Scenario> = [
  {
    name: "slow answers of warm models are told after twenty minutes",
    // Ten a minute: the twentieth is in after two minutes.
    counted: [counts("latency", each(60, 10, 1))],
    then: [at(21), at(22, fires("LivepeerSlow", "10%"))],
  },
  {
    name: "one slow answer in twenty is allowed",
    counted: [counts("latency", each(60, 20, 1))],
    then: [at(21), at(60)],
  },
  {
    name: "videos have an hour's window: one a minute are enough after twenty minutes, and told half an hour later",
    counted: [counts("long-latency", each(90, 1, 1))],
    then: [at(49), at(50, fires("LivepeerLongJobsSlow", "100%"))],
  },
  {
    name: "one call in ten may meet a cold model, and one in five may not",
    counted: [
      { ...counts("cold-starts", each(90, 10, 1)), pipeline: "text-to-image" },
      { ...counts("cold-starts", each(90, 10, 2)), pipeline: "upscale" },
    ],
    // Ten a minute: the twentieth is in after two minutes, and half an hour later it is told.
    then: [at(31), at(32, { alert: "LivepeerColdStarts", share: "20%", pipeline: "upscale" })],
  },
];

export const scenarios: ReadonlyArray<Scenario> = [...checklist, ...sources, ...budget, ...quality];
