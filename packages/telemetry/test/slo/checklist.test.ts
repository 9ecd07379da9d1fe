/** The checklist's two alerts: more than 5 % answered 503, or more than 1 % other server errors, for ten minutes. */
import { catalogue } from "@sluice/errors/catalogue";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attempt, fired, inOrder, live, replay, said, share, type Sort, spread } from "./traffic.ts";

const cold: Sort = { outcome: "SLUICE-503-COLD" };

/** `bad` of each 1000, evenly spread, the first of them as late as can be. */
const permille =
  (bad: number, outcome = "SLUICE-503-COLD") =>
  (number: number): Sort => ({
    outcome: Math.floor(((number + 1) * bad) / 1_000) > Math.floor((number * bad) / 1_000) ? outcome : "ok",
  });

const all = (outcome: string) => replay(spread(attempt, 0, 30, 60, { outcome }), 30);

describe("an outage", () => {
  it("is pending at the first boundary, fires ten minutes later, and is over when it has left the window", () => {
    const events = inOrder(spread(attempt, 0, 30, 60, cold), spread(attempt, 30, 60, 60, {}));
    const expected = [
      "LivepeerUnavailable pending 1",
      "LivepeerUnavailable firing 11",
      "LivepeerUnavailable resolved 35",
    ];
    expect(said(replay(events, 60))).toEqual(expected);
    expect(said(live(events, 60))).toEqual(expected);
    expect(said(replay(events, 10.99))).toEqual(expected.slice(0, 1));
    expect(said(replay(events, 11))).toEqual(expected.slice(0, 2));
    expect(said(replay(events, 34.99))).toEqual(expected.slice(0, 2));
  });

  it("is pending once there is enough traffic", () => {
    expect(said(replay(spread(attempt, 0, 30, 3, cold), 20))).toEqual([
      "LivepeerUnavailable pending 2",
      "LivepeerUnavailable firing 12",
    ]);
    expect(said(replay(spread(attempt, 0, 300, 1, cold), 300))).toEqual([
      "LivepeerUnavailable pending 5",
      "LivepeerUnavailable firing 15",
    ]);
  });

  it("is none of two requests, nor of four in each five minutes", () => {
    expect(replay(spread(attempt, 0, 1, 2, cold), 60)).toEqual([]);
    const fours = Array.from({ length: 12 }, (_, turn) => spread(attempt, turn * 5, turn * 5 + 4, 1, cold));
    expect(replay(fours.flat(), 60)).toEqual([]);
  });

  it("is over when nobody asks any more", () => {
    expect(said(replay(spread(attempt, 0, 30, 60, cold), 100)).at(-1)).toBe("LivepeerUnavailable resolved 35");
  });

  it("of up to six minutes is pending and never fires; of seven, it is in the window for long enough", () => {
    const outage = (minutes: number) =>
      inOrder(
        spread(attempt, 0, 20, 60, {}),
        spread(attempt, 20, 20 + minutes, 60, cold),
        spread(attempt, 20 + minutes, 60, 60, {}),
      );
    for (const minutes of [1, 2, 3, 4, 5, 6]) {
      expect(said(replay(outage(minutes), 60))).toEqual(["LivepeerUnavailable pending 21"]);
    }
    expect(said(replay(outage(7), 60))).toEqual([
      "LivepeerUnavailable pending 21",
      "LivepeerUnavailable firing 31",
      "LivepeerUnavailable resolved 32",
    ]);
  });

  it("that comes and goes is told as often as it does", () => {
    const minutes = Array.from({ length: 120 }, (_, minute) =>
      spread(attempt, minute, minute + 1, 60, minute % 40 < 10 ? cold : {}),
    );
    expect(said(replay(minutes.flat(), 120))).toEqual(
      [0, 40, 80].flatMap((from) => [
        `LivepeerUnavailable pending ${from + 1}`,
        `LivepeerUnavailable firing ${from + 11}`,
        `LivepeerUnavailable resolved ${from + 15}`,
      ]),
    );
    const spikes = Array.from({ length: 120 }, (_, minute) =>
      spread(attempt, minute, minute + 1, 60, minute % 20 < 6 ? cold : {}),
    );
    expect(said(replay(spikes.flat(), 120))).toEqual(
      [0, 20, 40, 60, 80, 100].map((from) => `LivepeerUnavailable pending ${from + 1}`),
    );
  });
});

describe("the limits", () => {
  it.each([
    ["SLUICE-503-COLD", 49, []],
    ["SLUICE-503-COLD", 50, []],
    ["SLUICE-503-COLD", 51, ["LivepeerUnavailable pending 5", "LivepeerUnavailable firing 15"]],
    ["SLUICE-500-INFERENCE", 9, []],
    ["SLUICE-500-INFERENCE", 10, []],
    ["SLUICE-500-INFERENCE", 11, ["LivepeerServerErrors pending 5", "LivepeerServerErrors firing 15"]],
  ])("%s of %d in 1000 give %j", (outcome, bad, expected) => {
    expect(said(replay(spread(attempt, 0, 60, 200, permille(bad, outcome)), 60))).toEqual(expected);
  });

  it("are of what is not the caller's doing, which dilutes nothing", () => {
    const aborted = (number: number): Sort => {
      if (number % 10 !== 0) return { outcome: number % 3 === 0 ? "SLUICE-499-ABORTED" : "defect" };
      return share(6, 100, "SLUICE-503-COLD")(number / 10);
    };
    expect(fired(replay(spread(attempt, 0, 60, 1_000, aborted), 60))).toEqual(["LivepeerUnavailable"]);
  });
});

const unavailable = [
  "SLUICE-502-CONNECTION",
  "SLUICE-503-CIRCUIT-OPEN",
  "SLUICE-503-CLOSED",
  "SLUICE-503-COLD",
  "SLUICE-503-EMPTY",
  "SLUICE-503-MASKED",
  "SLUICE-503-NO-ORCHESTRATOR",
  "SLUICE-503-PROXY",
  "SLUICE-504-DEADLINE",
];
const serverErrors = [
  "SLUICE-500-INFERENCE",
  "SLUICE-502-EMPTY-RESULT",
  "SLUICE-502-MALFORMED",
  "SLUICE-502-OUTCOME-UNKNOWN",
  "SLUICE-502-STREAM-TRUNCATED",
];
const others = catalogue
  .map(({ code }) => code)
  .filter((code) => !unavailable.includes(code) && !serverErrors.includes(code));

describe("one cause", () => {
  it.each(unavailable)("%s fires LivepeerUnavailable alone", (code) => {
    expect(catalogue.map((entry) => entry.code)).toContain(code);
    expect(fired(all(code))).toEqual(["LivepeerUnavailable"]);
  });

  it.each(serverErrors)("%s fires LivepeerServerErrors alone", (code) => {
    expect(catalogue.map((entry) => entry.code)).toContain(code);
    expect(fired(all(code))).toEqual(["LivepeerServerErrors"]);
  });

  it.each([...others, "ok", "defect"])("%s fires neither", (code) => {
    expect(all(code)).toEqual([]);
  });

  it("includes a limit, a wrong key, a wrong request and a call that was given up among those that fire neither", () => {
    expect(others).toEqual(
      expect.arrayContaining([
        "SLUICE-429-RATE-LIMITED",
        "SLUICE-401-UNAUTHORIZED",
        "SLUICE-422-INVALID-REQUEST",
        "SLUICE-499-ABORTED",
      ]),
    );
  });

  it("in many forms fires no other's alert", () => {
    const mix = (codes: ReadonlyArray<string>) =>
      fc.array(fc.constantFrom(...codes, "ok", ...others), { minLength: 1, maxLength: 12 });
    const ofMix = (mixed: ReadonlyArray<string>) =>
      fired(
        replay(
          spread(attempt, 0, 25, 12, (number) => ({ outcome: mixed[number % mixed.length] ?? "ok" })),
          25,
        ),
      );
    fc.assert(fc.property(mix(unavailable), (mixed) => !ofMix(mixed).includes("LivepeerServerErrors")));
    fc.assert(fc.property(mix(serverErrors), (mixed) => !ofMix(mixed).includes("LivepeerUnavailable")));
  });

  it("in all the forms in which a gateway is unavailable fires LivepeerUnavailable alone", () => {
    const events = spread(attempt, 0, 30, 60, (number) => ({ outcome: unavailable[number % 9] ?? "" }));
    expect(fired(replay(events, 30))).toEqual(["LivepeerUnavailable"]);
  });
});
