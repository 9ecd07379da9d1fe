import { expect, it } from "vitest";
import { columns, key } from "../../src/conformance/columns.ts";
import { madeUp, type MadeUp } from "./madeUp.ts";

/** For each column: a call that is right, and changes of it, each with what is then wrong. */
const cases: Readonly<
  Record<string, readonly [right: MadeUp, wrongs: ReadonlyArray<readonly [Partial<MadeUp>, string]>]>
> = {
  "503 three times": [
    { requests: [10, 500, 1_200, 2_100], endMs: 2_110 },
    [
      [{ end: "error" }, "no result"],
      [{ end: "never" }, "no result"],
      [{ requests: [10, 500, 1_200] }, "wrong number of requests"],
      [{ requests: [10, 500, 1_200, 2_100, 2_200] }, "wrong number of requests"],
      [{ requests: [10, 1_010, 2_010, 3_010] }, "the waits do not grow"],
      [{ requests: [10, 900, 1_200, 1_300] }, "the waits do not grow"],
      [{ request: { whole: false } }, "a request was not whole"],
      [{ request: { authorized: false } }, "a request had no key"],
      [{ requests: [] }, "sent nothing"],
    ],
  ],
  "cold for 45 s": [
    { requests: [0, 20_000, 55_000], endMs: 55_010 },
    [
      [{ end: "error" }, "no result"],
      [{ endMs: 67_501 }, "late"],
      [{ requests: Array.from({ length: 21 }, (_, place) => place * 2_300) }, "wrong number of requests"],
      [{ requests: [0] }, "wrong number of requests"],
    ],
  ],
  "429, Retry-After": [
    { requests: [10, 3_010], endMs: 3_020 },
    [
      [{ end: "error" }, "no result"],
      [{ requests: [10, 2_900] }, "came back too early"],
      [{ requests: [10, 5_020] }, "came back too late"],
      [{ requests: [10, 1_000, 3_010] }, "wrong number of requests"],
    ],
  ],
  "503, Retry-After": [
    { requests: [10, 3_010], endMs: 3_020 },
    [
      [{ requests: [10, 510] }, "came back too early"],
      [{ requests: [10] }, "wrong number of requests"],
    ],
  ],
  "401": [
    { requests: [10], endMs: 20, end: "error", error: { says: "Unauthorized: the API key was not accepted" } },
    [
      [{ end: "result" }, "taken for a success"],
      [{ end: "never" }, "did not end"],
      [{ requests: [10, 20] }, "repeated"],
      [{ error: { says: "SDKValidationError: detail" } }, "the error does not say that the key is wrong"],
      [{ error: { status: 401, printed: `no token ${key} found` } }, "the error contains the key"],
    ],
  ],
  "422": [
    { requests: [10], endMs: 20, end: "error", error: { says: "Invalid: prompt: too long" } },
    [
      [{ requests: [10, 20, 30] }, "repeated"],
      [{ end: "result" }, "taken for a success"],
      [{ error: { says: "Invalid: {}", printed: "requestBody: { prompt }" } }, "the error does not name the field"],
    ],
  ],
  "reset before sending": [
    { requests: [300], connections: 2, endMs: 310 },
    [
      [{ end: "error", requests: [], connections: 1 }, "not tried again"],
      [{ requests: [300, 310] }, "repeated"],
      [{ connections: 1 }, "no second connection"],
    ],
  ],
  "reset after sending": [
    { requests: [10], endMs: 12_020, end: "error", error: { says: "it broke", causes: "Error: read ECONNRESET" } },
    [
      [{ requests: [10, 12_500], end: "result" }, "repeated"],
      [{ end: "result" }, "taken for a success"],
      [{ error: { says: "Error: failed" } }, "the error does not say that the connection broke"],
    ],
  ],
  "truncated JSON": [
    { requests: [10], endMs: 20, end: "error" },
    [
      [{ end: "result" }, "taken for a success"],
      [{ requests: [10, 2_000], end: "result" }, "repeated"],
      [{ end: "never" }, "did not end"],
    ],
  ],
  "truncated SSE": [
    { requests: [10], endMs: 20, end: "error", tokens: ["a", " red", " fox"] },
    [
      [{ end: "result" }, "taken for a whole answer"],
      [{ end: "never" }, "taken for a whole answer"],
      [{ tokens: [] }, "the tokens did not arrive"],
      [{ tokens: ["a", " red"] }, "the tokens did not arrive"],
      [{ tokens: ["a", " red", " fox", "a", " red", " fox"] }, "the tokens did not arrive"],
      [{ requests: [10, 20] }, "repeated"],
    ],
  ],
};

const deadline: MadeUp = {
  ...{ requests: [10], endMs: 8_010, end: "error", droppedMs: 8_020 },
  error: { says: "DeadlineExceeded: no answer within 8 s" },
};
const deadlineWrongs: ReadonlyArray<readonly [Partial<MadeUp>, string]> = [
  [{ end: "result" }, "taken for a success"],
  [{ end: "never", endMs: 75_000 }, "did not end"],
  [{ endMs: 7_000 }, "ended before its deadline"],
  [{ endMs: 10_001 }, "outlived its deadline"],
  [{ requests: [10, 4_000] }, "repeated"],
  [{ error: { says: "Error: something" } }, "the error does not say that time ran out"],
  [{ droppedMs: 9_020 }, "left its connection open"],
  [{ request: { droppedAt: null } }, "left its connection open"],
];

const all = { ...cases, hang: [deadline, deadlineWrongs], "slow drip": [deadline, deadlineWrongs] } as typeof cases;

it("every column has cases", () => {
  expect(Object.keys(all).sort()).toEqual(columns.map(({ title }) => title).sort());
});

it.each(columns)("$title - takes what is right", ({ title, judge }) => {
  expect(judge(madeUp(all[title]![0]))).toBeUndefined();
});

const wrongs = columns.flatMap(({ title, judge }) =>
  all[title]![1].map(([change, wrong]) => ({ title, judge, wrong, seen: madeUp({ ...all[title]![0], ...change }) })),
);

it.each(wrongs)("$title - refuses: $wrong", ({ judge, seen, wrong }) => {
  expect(judge(seen)).toBe(wrong);
});
