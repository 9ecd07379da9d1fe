import type { CallEvent } from "@sluice/core/effect";
import { ColdOrNoCapacity } from "@sluice/errors";
import { describe, expect, it } from "vitest";
import { Progress } from "../src/output/Progress.ts";

const asked = { gateway: "livepeer-studio", pipeline: "text-to-image", model: "SG161222/RealVisXL_V4.0_Lightning" };
const modelless = { gateway: "livepeer-studio", pipeline: "text-to-image" };
const cold = new ColdOrNoCapacity({ ...asked, signal: "unavailable", status: 503 });
const at = (ms: number) => ({ requestId: "req_1", at: ms });

const cost = { units: 1_048_576n, unit: "pixel", usd: "0.019922944", charges: "usage" } as const;
const rate = { label: "$0.019/MP", source: "docs", asOf: "2024-11-01" };
const started: CallEvent = { ...at(0), type: "call-started", ...asked, timeoutMs: 60_000, cost: { ...cost, rate } };
const attempt: CallEvent = { ...at(0), type: "attempt-started", ...asked, attempt: 1 };
const told503 = { ...at(100), type: "attempt-ended", ...asked, attempt: 1, status: 503, ms: 100 } as const;
const ended: CallEvent = { ...told503, outcome: "SLUICE-503-COLD" };
const retry: CallEvent = { ...at(100), type: "waiting", ...asked, for: "retry", attempt: 1, reason: cold, waitMs: 800 };

/** The lines that a person reads. */
const watch = (...events: ReadonlyArray<CallEvent>) => {
  const lines: Array<string> = [];
  const progress = new Progress((line) => lines.push(...line.split("\n")));
  for (const event of events) progress.observe(event);
  return { lines, progress };
};

describe("the progress of a call", () => {
  const table: ReadonlyArray<readonly [string, ReadonlyArray<CallEvent>, ReadonlyArray<string>]> = [
    [
      "begins with what is asked of whom, and its price",
      [started],
      [
        "  text-to-image  SG161222/RealVisXL_V4.0_Lightning",
        "  gateway    livepeer-studio",
        "  estimate   1.05 MP × $0.019/MP = $0.0199",
      ],
    ],
    [
      "says of a download nothing",
      [{ ...at(0), type: "call-started", gateway: "livepeer-studio", pipeline: "download", timeoutMs: 60_000 }],
      [],
    ],
    [
      "explains a failure once",
      [attempt, ended, retry, attempt, ended, retry],
      [
        "  attempt 1  503 after 0.1 s  SLUICE-503-COLD  next try in 0.8 s",
        `             ${cold.message}`,
        "  attempt 1  503 after 0.1 s  SLUICE-503-COLD  next try in 0.8 s",
      ],
    ],
    [
      "names the cold model that is waited for, the gateway that has it, and how long that took",
      [
        { ...at(100), type: "waiting", ...asked, for: "gate", attempt: 1, reason: cold },
        { ...at(41_600), type: "gate-opened", ...asked, waitedMs: 41_500 },
      ],
      [
        "  waiting    for news of SG161222/RealVisXL_V4.0_Lightning on livepeer-studio, which is cold; another call asks for it",
        "  waited     42 s for SG161222/RealVisXL_V4.0_Lightning on livepeer-studio; it is asked now",
      ],
    ],
    [
      "does not say of a model that it is cold before that is known",
      [{ ...at(0), type: "waiting", ...asked, for: "gate", attempt: 0 }],
      [
        "  waiting    for the first answer of SG161222/RealVisXL_V4.0_Lightning on livepeer-studio, which another call asks for",
      ],
    ],
    [
      "names the gateway whose rate limit is kept",
      [{ ...at(0), type: "waiting", ...asked, for: "pace", attempt: 0, waitMs: 9_000 }],
      ["  waiting    9.0 s to keep to the rate limit of livepeer-studio"],
    ],
    [
      "names the gateway that has no place",
      [{ ...at(0), type: "waiting", ...asked, for: "turn", attempt: 0 }],
      ["  waiting    for a turn: livepeer-studio has as many calls as it may have at once"],
    ],
    [
      "says of a wait only what it is told",
      (["pace", "gate"] as const).map((what) => ({ ...at(0), type: "waiting", ...modelless, for: what, attempt: 0 })),
      [
        "  waiting    to keep to the rate limit of livepeer-studio",
        "  waiting    for the first answer of the model on livepeer-studio, which another call asks for",
      ],
    ],
  ];

  it.each(table)("%s", (_, events, lines) => {
    expect(watch(...events).lines).toEqual(lines);
  });

  it("says of a wait to the deadline that the call ends then", () => {
    const { lines } = watch(started, attempt, ended, { ...retry, waitMs: 59_900 });
    expect(lines.at(-2)).toBe(
      "  attempt 1  503 after 0.1 s  SLUICE-503-COLD  no time for another; the call ends in 60 s",
    );
  });

  it("warns of what may not be meant", () => {
    const warning = {
      rule: "prompt-split",
      severity: "warn",
      path: "prompt",
      message: "holds a bar",
      fix: "Split it.",
    } as const;
    expect(watch({ ...started, warnings: [warning] }).lines.at(-1)).toBe("! prompt holds a bar. Split it.");
  });
});

describe("a long silence", () => {
  const gate: CallEvent = { ...at(0), type: "waiting", ...asked, for: "gate", attempt: 0 };
  const pace: CallEvent = { ...gate, for: "pace", waitMs: 30_000 };
  const opened: CallEvent = { ...at(0), type: "gate-opened", ...asked, waitedMs: 0 };
  const table: ReadonlyArray<readonly [string, ReadonlyArray<CallEvent>, now: number, line: string | undefined]> = [
    ["of the gateway", [attempt], 10_000, "  attempt 1  no answer for 10 s; a model that loads can take minutes"],
    ["that is short", [attempt], 8_999, undefined],
    ["after an answer", [attempt, ended], 10_000, undefined],
    ["of a wait without a known end", [gate], 20_000, "  waiting    20 s so far"],
    ["of a wait whose end was told", [pace], 20_000, undefined],
    ["of a gate that has opened", [gate, opened], 20_000, undefined],
    ["before anything", [], 10_000, undefined],
  ];

  it.each(table)("%s is explained if it needs to be", (_, events, now, line) => {
    const { lines, progress } = watch(...events);
    const told = lines.length;
    progress.heartbeat(now);
    expect(lines.slice(told)).toEqual(line === undefined ? [] : [line]);
  });
});

describe("the live line", () => {
  const download: CallEvent = {
    ...at(2_000),
    type: "call-started",
    gateway: "livepeer-studio",
    pipeline: "download",
    timeoutMs: 60_000,
  };
  const asking = "text-to-image on livepeer-studio";
  const table: ReadonlyArray<readonly [string, ReadonlyArray<CallEvent>, now: number, line: string | undefined]> = [
    ["is not there before anything", [], 100, undefined],
    ["says who is asked for what, and for how long", [started, attempt], 3_100, `${asking}  3.1 s`],
    ["counts the attempts", [started, attempt, ended, { ...attempt, attempt: 2 }], 100, `${asking}, attempt 2  0.1 s`],
    ["explains a long silence", [started, attempt], 12_000, `${asking}  12 s; a model that loads can take minutes`],
    ["tells of a wait", [started, attempt, ended, retry], 600, "waiting for the next attempt  0.5 s"],
    ["tells of a download", [started, attempt, download], 2_500, "saving  0.5 s"],
  ];

  it.each(table)("%s", (_, events, now, line) => {
    expect(watch(...events).progress.status(now)).toBe(line);
  });
});

it("a price that was told before the call is not told again", () => {
  const lines: Array<string> = [];
  const progress = new Progress((line) => lines.push(line));
  progress.quote(asked, { ...cost, rate });
  const told = lines.length;
  progress.observe(started);
  expect(lines).toHaveLength(told);
});

it("an abort tells whether a request was with the gateway", () => {
  expect(watch(attempt, ended).progress.abortedInFlight).toBe(false);
  expect(watch(attempt, { ...told503, status: null, outcome: "SLUICE-499-ABORTED" }).progress.abortedInFlight).toBe(
    true,
  );
});
