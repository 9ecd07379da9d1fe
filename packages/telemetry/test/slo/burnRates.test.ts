/** The three alerts that watch the error budget: 1 % of calls in 30 days. */
import { describe, expect, it } from "vitest";
import { call, fired, inOrder, replay, said, type Sort, spread } from "./traffic.ts";

const cold: Sort = { outcome: "SLUICE-503-COLD" };
const [fast, slow, leak] = ["LivepeerErrorBudgetFastBurn", "LivepeerErrorBudgetSlowBurn", "LivepeerErrorBudgetLeak"];

/** `bad` of each 1000, evenly spread. */
const permille =
  (bad: number, outcome = "SLUICE-503-COLD") =>
  (number: number): Sort => ({
    outcome: Math.floor(((number + 1) * bad) / 1_000) > Math.floor((number * bad) / 1_000) ? outcome : "ok",
  });

describe("a steady share of calls that fail", () => {
  it.each([
    [10, []],
    [11, [leak]],
    [60, [leak]],
    [61, [leak, slow]],
    [144, [leak, slow]],
    [145, [fast, leak, slow]],
  ])("of %d in 1000 fires %j", (bad, expected) => {
    expect(fired(replay(spread(call, 0, 70, 100, permille(bad)), 70))).toEqual([...expected].sort());
  });

  it.each(["SLUICE-503-MASKED", "SLUICE-500-INFERENCE", "SLUICE-429-RATE-LIMITED"])("counts %s", (outcome) => {
    expect(fired(replay(spread(call, 0, 70, 100, permille(200, outcome)), 70))).toEqual([fast, leak, slow]);
  });

  it.each(["SLUICE-401-UNAUTHORIZED", "SLUICE-422-INVALID-REQUEST", "SLUICE-499-ABORTED", "defect"])(
    "neither counts %s nor lets it dilute the others",
    (outcome) => {
      expect(replay(spread(call, 0, 70, 10, { outcome }), 70)).toEqual([]);
      const diluted = inOrder(spread(call, 0, 70, 100, { outcome }), spread(call, 0, 70, 100, permille(145)));
      expect(fired(replay(diluted, 70))).toEqual([fast, leak, slow]);
    },
  );

  it("needs twenty calls in the short window", () => {
    expect(replay(spread(call, 0, 5, 3, cold), 60)).toEqual([]);
    expect(said(replay(spread(call, 0, 5, 5, cold), 5))).toEqual([
      `${fast} firing 4`,
      `${slow} firing 4`,
      `${leak} firing 4`,
    ]);
  });
});

describe("an outage after two good hours", () => {
  // By the hour's 14.4 %: 9 of 60 minutes. By 6 %: 8 of 128. By 1 %: 2 of 122.
  const events = inOrder(
    spread(call, 0, 120, 10, {}),
    spread(call, 120, 140, 10, cold),
    spread(call, 140, 200, 10, {}),
  );

  it("fires each alert at once when its long window is above, and is over soon after in the short one", () => {
    expect(said(replay(events, 200))).toEqual([
      `${leak} firing 122`,
      `${slow} firing 128`,
      `${fast} firing 129`,
      `${fast} resolved 145`,
      `${slow} resolved 169`,
    ]);
  });

  it("tells the shares of both windows, and since when", () => {
    const at129 = replay(events, 129).at(-1);
    expect(at129).toMatchObject({
      name: fast,
      objective: "availability",
      severity: "page",
      state: "firing",
      gateway: "g",
      pipeline: "text-to-image",
      shares: [
        { window: "1h", share: 0.15, above: 0.144, events: 600, bad: 90 },
        { window: "5m", share: 1, above: 0.144, events: 50, bad: 50 },
      ],
    });
    expect(at129?.since).toBe(at129?.at);
    expect(at129?.runbook).toMatch(/LivepeerErrorBudgetFastBurn\.md$/);
    const over = replay(events, 145).at(-1);
    expect(over).toMatchObject({ state: "resolved", since: at129?.at, shares: [{}, { share: 0, events: 50, bad: 0 }] });
  });

  it("that is short fires only what its long window shows", () => {
    const brief = inOrder(
      spread(call, 0, 120, 10, {}),
      spread(call, 120, 128, 10, cold),
      spread(call, 128, 200, 10, {}),
    );
    expect(fired(replay(brief, 200))).toEqual([leak, slow]);
  });
});

describe("a leak", () => {
  it("is seen over three days, and is over when the failures are older than six hours", () => {
    const minutes = 24 * 60;
    const events = inOrder(spread(call, 0, minutes, 1, {}), spread(call, 0, 60, 1, cold));
    expect(said(replay(events, minutes)).filter((one) => one.startsWith(leak))).toEqual([
      `${leak} firing 10`,
      // 4 of the 6 hours' 364 are above 1 %, 3 of 363 are not.
      `${leak} resolved 417`,
    ]);
  });
});
