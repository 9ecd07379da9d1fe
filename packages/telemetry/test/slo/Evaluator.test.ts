import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Evaluator } from "../../src/slo/Evaluator.ts";
import { Indicators } from "../../src/slo/Indicators.ts";
import { defaultSlo } from "../../src/slo/SloFile.ts";
import { attempt, call, inOrder, live, minuteMs, recorded, replay, said, type Sort, spread, start } from "./traffic.ts";

const cold: Sort = { outcome: "SLUICE-503-COLD" };
const day = 24 * 60;
const outage = spread(attempt, 0, 60, 60, cold);

const minutesOf = (at: number): number => (at - start) / minuteMs;

describe("an alert", () => {
  it("says all that there is to know", () => {
    const [pending, firing] = replay(outage, 11);
    expect(firing).toEqual({
      type: "alert",
      at: start + 11 * minuteMs,
      name: "LivepeerUnavailable",
      objective: "unavailable",
      severity: "page",
      state: "firing",
      gateway: "g",
      pipeline: "text-to-image",
      since: start + minuteMs,
      shares: [{ window: "5m", share: 1, above: 0.05, events: 300, bad: 300 }],
      summary: expect.stringContaining("More than 5%") as string,
      runbook: expect.stringMatching(/LivepeerUnavailable\.md$/) as string,
    });
    expect(pending).toEqual({
      ...firing,
      at: start + minuteMs,
      state: "pending",
      shares: [{ window: "5m", share: 1, above: 0.05, events: 60, bad: 60 }],
    });
    const over = replay(outage, 65).at(-1);
    expect(over).toEqual({
      ...firing,
      at: start + 65 * minuteMs,
      state: "resolved",
      shares: [{ window: "5m", share: 0, above: 0.05, events: 0, bad: 0 }],
    });
  });

  it("is active while it is pending or fires, with the shares as they are", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(inOrder(outage, spread(attempt, 60, 90, 60, {})));
    const activeAt = (minute: number) => {
      evaluator.advance(indicators, start + minute * minuteMs);
      return evaluator.active().map(({ at, state, since, shares }) => {
        return [minutesOf(at), state, minutesOf(since), shares[0]?.share];
      });
    };
    expect(evaluator.active()).toEqual([]);
    expect(activeAt(0.9)).toEqual([]);
    expect(activeAt(1)).toEqual([[1, "pending", 1, 1]]);
    expect(activeAt(10.5)).toEqual([[10, "pending", 1, 1]]);
    expect(activeAt(11)).toEqual([[11, "firing", 1, 1]]);
    expect(activeAt(62)).toEqual([[62, "firing", 1, 0.6]]);
    expect(activeAt(64)).toEqual([[64, "firing", 1, 0.2]]);
    expect(activeAt(65)).toEqual([]);
  });

  it("that ends while it is pending is active no more", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(spread(attempt, 0, 1, 60, cold));
    evaluator.advance(indicators, start + 5 * minuteMs);
    expect(evaluator.active().map(({ state }) => state)).toEqual(["pending"]);
    expect(evaluator.advance(indicators, start + 30 * minuteMs)).toEqual([]);
    expect(evaluator.active()).toEqual([]);
  });
});

describe("the boundary of a minute", () => {
  const at = (ms: number) =>
    said(
      replay(
        Array.from({ length: 10 }, () => attempt(start + ms, cold)),
        3,
      ),
    ).at(0);

  it("has what happened before it, and not at it", () => {
    expect(at(0)).toBe("LivepeerUnavailable pending 1");
    expect(at(minuteMs - 1)).toBe("LivepeerUnavailable pending 1");
    expect(at(minuteMs - 0.001)).toBe("LivepeerUnavailable pending 1");
    expect(at(minuteMs)).toBe("LivepeerUnavailable pending 2");
  });

  it("is looked at once, however often somebody asks", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(outage);
    const asked = Array.from({ length: 500 }, (_, number) => evaluator.advance(indicators, start + number * 10_000));
    expect(said(asked.flat())).toEqual(said(replay(outage, 80)));
  });

  it("of the future is waited for", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(outage);
    expect(evaluator.advance(indicators, start - 3 * minuteMs)).toEqual([]);
    expect(evaluator.advance(indicators, start - 300 * minuteMs)).toEqual([]);
    expect(said(evaluator.advance(indicators, start + 80 * minuteMs))).toEqual(said(replay(outage, 80)));
  });

  it("is nobody's before there are events", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = new Indicators(defaultSlo);
    expect(evaluator.advance(indicators, start + 90 * minuteMs)).toEqual([]);
    for (const event of outage) indicators.record(event, "g", "p");
    expect(said(evaluator.advance(indicators, start + 11 * minuteMs))).toEqual([
      "LivepeerUnavailable pending 1",
      "LivepeerUnavailable firing 11",
    ]);
  });
});

describe("days without an event", () => {
  const again = spread(attempt, 30 * day, 30 * day + 20, 60, cold);
  const events = inOrder(outage, again);
  const expected = [
    "LivepeerUnavailable pending 1",
    "LivepeerUnavailable firing 11",
    "LivepeerUnavailable resolved 65",
    `LivepeerUnavailable pending ${30 * day + 1}`,
    `LivepeerUnavailable firing ${30 * day + 11}`,
    `LivepeerUnavailable resolved ${30 * day + 25}`,
  ];

  it("end what fired at its own time, and are followed by what comes after", () => {
    expect(said(live(events, 60 * day))).toEqual(expected);
  });

  it("leave nothing of what was counted before them and not looked at", () => {
    expect(said(replay(events, 60 * day))).toEqual(expected.slice(3));
  });

  it("are not looked at minute by minute", () => {
    const sums = vi.spyOn(Indicators.prototype, "sums");
    const calls = [0, 30 * day].map((from) => spread(call, from, from + 20, 60, cold));
    live(inOrder(events, ...calls), 60 * day);
    // The eight alerts are looked at for as long as their short windows have events, 6 h at most, and not for 60 days.
    expect(sums.mock.calls.length).toBeLessThan(2 * (60 + 360) * 8 * 4);
    sums.mockRestore();
  });

  it("may be cut anywhere", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(outage);
    const at = (minute: number) => evaluator.advance(indicators, start + minute * minuteMs);
    const before = [5, 40, 71, 400, 7 * day, 29 * day, 30 * day].flatMap(at);
    for (const event of again) indicators.record(event, event.gateway, event.pipeline);
    expect(said([...before, ...[30 * day, 30 * day + 11, 31 * day].flatMap(at)])).toEqual(expected);
  });
});

describe("time that does not go on", () => {
  it("tells nothing twice when events are a little out of order", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(outage);
    const at = (minute: number) => said(evaluator.advance(indicators, start + minute * minuteMs));
    expect(at(71)).toHaveLength(3);
    expect(at(66)).toEqual([]);
    expect(at(69)).toEqual([]);
    expect(at(72)).toEqual([]);
  });

  it("is followed when the clock is set back by hours, and alerts go on from there", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(outage);
    const at = (minute: number) => said(evaluator.advance(indicators, start + minute * minuteMs));
    expect(at(11)).toHaveLength(2);
    expect(at(-120)).toEqual([]);
    expect(evaluator.active()).toMatchObject([{ state: "firing", since: start - 120 * minuteMs }]);
    expect(at(-119)).toEqual(["LivepeerUnavailable resolved -119"]);
    for (const event of spread(attempt, -119, -100, 60, cold)) indicators.record(event, event.gateway, event.pipeline);
    expect(at(-100)).toEqual(["LivepeerUnavailable pending -118", "LivepeerUnavailable firing -108"]);
  });
});

describe("a clock that jumps by days", () => {
  const years = 50 * 365 * day;

  /** Looks at each event and counts it, as `Telemetry` does. */
  const listener = () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = new Indicators(defaultSlo);
    const hear = (from: number, to: number, sort: Sort) =>
      said(
        spread(attempt, from, to, 60, sort).flatMap((event) => {
          const alerts = evaluator.advance(indicators, event.at);
          indicators.record(event, event.gateway, event.pipeline);
          return alerts;
        }),
      );
    return { hear, indicators };
  };

  it.each([
    ["ahead and back", years],
    ["back and ahead", -10 * day],
  ])("%s forgets what was before, and alerts work again from then on", (_, away) => {
    const { hear, indicators } = listener();
    expect(hear(0, 20, cold)).toEqual(["LivepeerUnavailable pending 1", "LivepeerUnavailable firing 11"]);
    expect(hear(away, away + 2, {})).toEqual([`LivepeerUnavailable resolved ${away > 0 ? 25 : away + 1}`]);
    expect(hear(20, 40, cold)).toEqual(["LivepeerUnavailable pending 21", "LivepeerUnavailable firing 31"]);
    expect(hear(40, 50, {})).toEqual(["LivepeerUnavailable resolved 45"]);
    const end = start / minuteMs + 50;
    expect(indicators.sums("unavailable", "g", "text-to-image", end, 3 * day)).toEqual({ events: 1_800, bad: 1_200 });
    expect([...indicators.totals()].at(0)).toMatchObject({ events: 3_120, bad: 2_400 });
  });

  it("lets an alert that is told on the way go on, and does not tell it twice", () => {
    const { hear } = listener();
    hear(0, 20, cold);
    expect(hear(years, years + 12, cold)).toEqual([
      "LivepeerUnavailable resolved 25",
      `LivepeerUnavailable pending ${years + 1}`,
      `LivepeerUnavailable firing ${years + 11}`,
    ]);
    expect(hear(20, 40, cold)).toEqual([]);
    expect(hear(40, 50, {})).toEqual(["LivepeerUnavailable resolved 45"]);
  });

  it("anywhere, as often as it likes, tells each change once, and of the next outage as ever", () => {
    const days = fc.oneof(fc.integer({ min: -10_000, max: -5 }), fc.integer({ min: 5, max: 1_000_000 }));
    const stretch = fc.record({ from: days, minutes: fc.integer({ min: 1, max: 15 }), bad: fc.boolean() });
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 5 }), (stretches) => {
        const { hear } = listener();
        const jumps = stretches.flatMap(({ from, minutes, bad }) =>
          hear(from * day, from * day + minutes, bad ? cold : {}),
        );
        const changes = [...jumps, ...hear(0, 30, {})].map((one) => one.split(" ")[1]);
        let last: string | undefined;
        for (const change of changes) {
          if (change === "resolved") expect(last).toBe("firing");
          else expect(last).not.toBe("firing");
          last = change;
        }
        expect(last).not.toBe("firing");
        expect(hear(30, 60, cold)).toEqual(["LivepeerUnavailable pending 31", "LivepeerUnavailable firing 41"]);
        expect(hear(60, 70, {})).toEqual(["LivepeerUnavailable resolved 65"]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("what another process has counted", () => {
  it("is looked at with the rest from the next boundary on", () => {
    const evaluator = new Evaluator(defaultSlo);
    const indicators = recorded(spread(attempt, 0, 12, 60, {}));
    expect(evaluator.advance(indicators, start + 10 * minuteMs)).toEqual([]);
    indicators.merge(recorded(spread(attempt, 0, 12, 60, { ...cold, gateway: "other" })).toData());
    expect(said(evaluator.advance(indicators, start + 12 * minuteMs))).toEqual(["LivepeerUnavailable pending 11"]);
  });

  it("is over when it is counted no more", () => {
    const evaluator = new Evaluator(defaultSlo);
    evaluator.advance(recorded(inOrder(outage, spread(call, 0, 60, 60, {}))), start + 20 * minuteMs);
    expect(said(evaluator.advance(new Indicators(defaultSlo), start + 21 * minuteMs))).toEqual([
      "LivepeerUnavailable resolved 21",
    ]);
  });
});
