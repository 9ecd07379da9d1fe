/** Snapshots of processes whose clocks disagree with the one that merges them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Snapshot, Telemetry } from "../src/index.ts";
import { anyCall, eventsOf, noon, type Told } from "./traffic.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** After all that `anyCall` tells. */
const now = noon + 6 * hour;

/** What a process has counted whose clock is so far ahead. */
const peer = (calls: ReadonlyArray<Told>, aheadMs = 0): Snapshot => {
  const telemetry = new Telemetry({ clock: { currentTimeMillisUnsafe: () => now + aheadMs } });
  for (const call of calls) {
    for (const event of eventsOf(call)) telemetry.onEvent({ ...event, at: event.at + aheadMs });
  }
  return telemetry.snapshot();
};

const fleetOf = (snapshots: ReadonlyArray<Snapshot>) => {
  const fleet = new Telemetry({ clock: { currentTimeMillisUnsafe: () => now } });
  const setAside = snapshots.map((snapshot) => fleet.merge(snapshot)).reduce((sum, one) => sum + one, 0);
  return { fleet, setAside };
};

/** What is shown of the last hours, by series. */
const windowsOf = (fleet: Telemetry) =>
  fleet.report().series.map(({ gateway, pipeline, model, latency: { all: _, ...windows } }) => {
    return { gateway, pipeline, model, windows };
  });

const minutesOf = (fleet: Telemetry) =>
  fleet.snapshot().indicators.map(({ objective, gateway, pipeline, minutes }) => {
    return { objective, gateway, pipeline, minutes };
  });

const lastHour = Array.from({ length: 10 }, (_, at): Told => ({ at: now - at * 60_000 }));

describe("a peer whose clock is days ahead", () => {
  const ahead = peer(lastHour, 4 * day);

  it("takes no window from the others, and is told", () => {
    for (const snapshots of [
      [peer(lastHour), ahead],
      [ahead, peer(lastHour)],
    ]) {
      const { fleet, setAside } = fleetOf(snapshots);
      const { fleet: alone } = fleetOf([peer(lastHour)]);
      expect(fleet.report().series[0]?.latency["1h"].ok.calls).toBe(10);
      expect(windowsOf(fleet)).toEqual(windowsOf(alone));
      expect(minutesOf(fleet)).toEqual(minutesOf(alone));
      expect(setAside).toBeGreaterThan(10);
    }
  });

  it("counts since the start all the same", () => {
    const { calls, latency } = fleetOf([peer(lastHour), ahead]).fleet.report().series[0] ?? {};
    expect(calls?.total).toBe(20);
    expect(latency?.all.ok.calls).toBe(20);
    expect(fleetOf([ahead]).fleet.report().since).toBe(now);
  });

  it("does not keep an alert from firing", () => {
    const outage = Array.from({ length: 60 }, (_, at): Told => {
      return {
        at: now - (60 - at) * 60_000,
        attempts: Array.from({ length: 5 }, () => [503, "SLUICE-503-COLD"] as const),
      };
    });
    const { fleet } = fleetOf([ahead, peer(outage)]);
    fleet.evaluate(now);
    expect(fleet.alerts.map(({ name, state }) => `${name} ${state}`)).toContain("LivepeerUnavailable firing");
  });
});

it("a clock that is seconds ahead is in order", () => {
  const { fleet, setAside } = fleetOf([peer(lastHour, 50_000), peer(lastHour)]);
  expect(setAside).toBe(0);
  expect(fleet.report().series[0]?.latency["1h"].ok.calls).toBe(20);
});

describe("whatever the clocks of the others say", () => {
  const aheads = [0, 1_000, 59_000, 61_000, 20 * 60_000, 3 * day, 400 * day, -hour, -5 * day];
  const peers = fc.array(fc.tuple(fc.array(anyCall, { maxLength: 5 }), fc.constantFrom(...aheads)), { maxLength: 4 });
  const shuffled = peers.chain((all) => {
    const sorted = all.map(([calls, aheadMs]) => peer(calls, aheadMs));
    const times = fc.shuffledSubarray(sorted, { minLength: sorted.length, maxLength: sorted.length });
    return fc.tuple(fc.constant(sorted), times);
  });

  it("it does not matter who is merged first", () => {
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [first, second] = [fleetOf(one), fleetOf(other)];
        expect(second.setAside).toBe(first.setAside);
        expect(second.fleet.report()).toEqual(first.fleet.report());
        expect(minutesOf(second.fleet)).toEqual(minutesOf(first.fleet));
      }),
      { numRuns: 40 },
    );
  });

  it("nobody whose clock is right loses a window to one that is days ahead", () => {
    const days = fc.integer({ min: 1, max: 10_000 }).map((count) => count * day);
    const wrong = fc.tuple(fc.array(anyCall, { minLength: 1, maxLength: 5 }), days);
    fc.assert(
      fc.property(
        fc.array(anyCall, { minLength: 1, maxLength: 5 }),
        wrong,
        fc.boolean(),
        (calls, [others, by], isLast) => {
          const right = peer(calls);
          const ahead = peer(others, by);
          const { fleet } = fleetOf(isLast ? [right, ahead] : [ahead, right]);
          const { fleet: alone } = fleetOf([right]);
          expect(windowsOf(fleet)).toEqual(expect.arrayContaining(windowsOf(alone)));
          expect(minutesOf(fleet)).toEqual(expect.arrayContaining(minutesOf(alone)));
        },
      ),
      { numRuns: 40 },
    );
  });
});
