/** What is right and what is wrong in each scenario, of runs that were never made. */
import { assert, describe, it } from "vitest";
import { type ScenarioId, scenarioIds, scenarios } from "../../src/drill/index.ts";
import type { Seen } from "../../src/drill/judging/Seen.ts";
import { asked, exit, judged, oneCall, oneStream, opinion, seen, unread } from "./made.ts";

const failed = { exit: exit(1) };
const overdue = exit(null, { signal: "SIGTERM", seconds: 70, overdue: true });
const aborted = { end: "aborted", tookMs: 5_000 } as const;
const streams = { streams: true } as const;

/** Of each scenario, runs and what is found. */
const runs: Readonly<Record<ScenarioId, ReadonlyArray<readonly [Seen, string]>>> = {
  "wrong-key": [
    [seen([asked(0, 401)], failed), "right"],
    [seen([asked(0, 401), asked(500, 401)], failed), "asked twice with a key that was refused"],
    [seen([asked(0, 401)], { ...failed, keyPrinted: true }), "printed its key"],
    [seen([asked(0, 401)], { exit: overdue }), "did not end"],
  ],
  "bad-field": [
    [seen([asked(0, 422)], failed), "right"],
    [seen([asked(0, 422), asked(500, 422), asked(900, 422)]), "asked 3 times what was refused as wrong"],
  ],
  "cold-503": [
    [seen([asked(0, 503), asked(4_000, 503), asked(12_000, 200)]), "right"],
    [seen([asked(0, 503), asked(10_500, 200)]), "right"],
    // The first retry was late: it is the others that grow.
    [seen([asked(0, 503), asked(1_100, 503), asked(1_900, 503), asked(3_000, 200)]), "right"],
    [seen([asked(0, 503)], failed), "did not ask again"],
    [seen([asked(0, 503), asked(400, 503)], failed), "gave up after 2 requests, without a result"],
    [
      seen([asked(0, 503), asked(5_000, 503), asked(10_100, 503), asked(15_000, 200)]),
      "waited about 5.0 s at first and 4.9 s later: the waits do not grow",
    ],
    [seen([asked(0, 503), asked(4_000, 503), asked(21_000, 200)]), "took 21.0 s; 20.0 s are enough"],
    [
      seen([...Array.from({ length: 20 }, (_, place) => asked(place * 400, 503)), asked(10_000, 200)]),
      "asked 21 times; 20 are enough",
    ],
  ],
  "cold-hold": [
    [seen([asked(0, 200, { tookMs: 10_000 })]), "right"],
    [seen([asked(0, null, aborted)], failed), "gave up after 5.0 s, without a result"],
    // It was still being sent.
    [seen([unread(asked(0, null, aborted))], failed), "gave up after 5.0 s, without a result"],
    [seen([asked(0, null, aborted), asked(5_500, 200)]), "asked twice while its first request was held"],
  ],
  "rate-limit": [
    [seen([asked(0, 429), asked(3_100, 200)]), "right"],
    [seen([asked(0, 429), asked(2_970, 200)]), "right"],
    [seen([asked(0, 429), asked(1_000, 200)]), "came back after 1.0 s; Retry-After said 3.0 s"],
    [seen([asked(0, 429), asked(9_000, 200)]), "came back only after 9.0 s; Retry-After said 3.0 s"],
    [seen([asked(0, 429)], failed), "did not come back"],
  ],
  "retry-later": [
    [seen([asked(0, 503), asked(3_100, 200)]), "right"],
    [seen([asked(0, 503), asked(500, 200)]), "came back after 0.5 s; Retry-After said 3.0 s"],
  ],
  "masked-500": [
    [seen([asked(0, 500), asked(500, 500), asked(1_500, 200)]), "right"],
    // The work is begun; its state is asked for elsewhere.
    [seen([asked(0, 500), asked(500, 202)]), "right"],
    [seen([asked(0, 500)], failed), "did not ask again"],
  ],
  "closed-socket": [
    [seen([asked(0, null), asked(500, 200)]), "right"],
    [seen([asked(0, null)], failed), "did not ask again"],
  ],
  "null-result": [
    [seen([asked(0, 200), asked(500, 200)]), "right"],
    [seen([asked(0, 200)], failed), "right"],
    [seen([asked(0, 200)], { exit: overdue }), "did not end"],
    [seen([asked(0, 200)]), "took `null` for a result: exit code 0"],
  ],
  "proxy-page": [
    [seen([asked(0, 502), asked(500, 200)]), "right"],
    [seen([asked(0, 502)], failed), "did not ask again"],
  ],
  "slow-first-byte": [
    [seen([asked(0, 200, { tookMs: 10_000 })]), "right"],
    [seen([asked(0, 200, aborted)], failed), "gave up after 5.0 s, without a result"],
    [seen([asked(0, 200, aborted), asked(5_500, 200)]), "asked twice while its first request was being answered"],
  ],
  silence: [
    [seen([asked(0, null, { end: "aborted", tookMs: 60_000 })], failed), "right"],
    [seen([asked(0, null, { end: "aborted", tookMs: 67_000 })], failed), "gave up only after 67.0 s"],
    [
      seen([asked(0, null, { end: "aborted", tookMs: 70_000 })], { exit: overdue }),
      "did not give up, and left its connection open",
    ],
    [seen([asked(0, null, aborted), asked(5_500, 200)]), "asked twice what may have been running"],
  ],
  "reset-unread": [
    [seen([unread(asked(0, null)), asked(500, 200)]), "right"],
    [seen([unread(asked(0, null))], failed), "did not ask again"],
    [seen([asked(0, null)], failed), "did not ask again"],
  ],
  "lost-answer": [
    [seen([asked(0, null, { tookMs: 12_000 })], failed), "right"],
    [seen([asked(0, null, { tookMs: 12_000 }), asked(12_500, 200)]), "asked twice what may have been done and paid"],
  ],
  "truncated-answer": [
    [seen([asked(0, 200, { end: "closed" })], failed), "right"],
    [seen([asked(0, 200, { end: "closed" })]), "took half an answer for a result: exit code 0"],
    [seen([asked(0, 200, { end: "closed" }), asked(500, 200)]), "asked twice what may have been done and paid"],
  ],
  "truncated-stream": [
    [seen([asked(0, 200, streams)], failed), "right"],
    [seen([asked(0, 200, streams)]), "took half a stream for a result: exit code 0"],
    [seen([asked(0, 200, streams), asked(500, 200, streams)]), "asked twice what may have been done and paid"],
  ],
  retired: [
    [seen([asked(0, 410)], failed), "right"],
    [seen([asked(0, 410), asked(500, 410)], failed), "asked twice for what is gone"],
  ],
  redirect: [
    [seen([asked(0, 308)], failed), "right"],
    [seen([asked(0, 308), asked(50, 200, { place: "elsewhere", authorized: false })]), "right"],
    [seen([asked(0, 308), asked(50, 200, { place: "elsewhere" })]), "sent its key to another origin"],
  ],
};

describe.each(scenarioIds)("%s", (id) => {
  const habits = id === "truncated-stream" ? oneStream : oneCall;

  it.each(runs[id].map(([run, found]) => ({ run, found })))("says of a run: $found", ({ run, found }) => {
    assert.strictEqual(opinion(id, run, { habits }), found);
  });

  it("is not exercised by a program that sends nothing", () => {
    assert.strictEqual(opinion(id, seen([]), { habits }), "it sent nothing");
  });

  it("is wrong when the key goes to somebody else, and when a request goes without it", () => {
    const [run] = runs[id][0] ?? [seen([])];
    const files = [asked(900, 200, { place: "store", method: "GET", path: "/1/2.png" })];
    const first = run.requests[0] ?? asked(0, 200);
    assert.strictEqual(
      opinion(id, { ...run, requests: [...run.requests, ...files] }, { habits }),
      "sent its key to the store of results",
    );
    assert.strictEqual(
      opinion(id, { ...run, keySentTo: ["evil.example"] }, { habits }),
      "sent its key to evil.example",
    );
    assert.strictEqual(
      opinion(id, { ...run, requests: [{ ...first, authorized: false }] }, { habits }),
      "sent a request without its key to /text-to-image",
    );
  });
});

describe("an exit code", () => {
  it.each(["null-result", "truncated-answer", "truncated-stream"] as const)(
    "that is 0 whatever happens leaves %s undecided, unless the program asks again",
    (id) => {
      const habits = id === "truncated-stream" ? oneStream : oneCall;
      const taken = runs[id].find(([, found]) => found.startsWith("took"))?.[0] ?? seen([]);
      const twice = runs[id].find(([run]) => run.requests.length === 2)?.[0] ?? seen([]);
      const undecided = "its exit code does not tell: it is 0 after a refused key too";
      assert.strictEqual(opinion(id, taken, { habits, exitTells: false }), undecided);
      assert.strictEqual(opinion(id, twice, { habits, exitTells: false }), opinion(id, twice, { habits }));
    },
  );
});

describe("the scenarios", () => {
  it("each say what to change when they find something wrong", () => {
    for (const { id, change } of scenarios) {
      const wrong = runs[id].find(([, found]) => found !== "right")?.[0] ?? seen([]);
      const { judgement } = judged(id, wrong, { habits: id === "truncated-stream" ? oneStream : oneCall });
      assert.strictEqual(judgement.verdict, "wrong", id);
      assert.match(change, /^[A-Z].*\.$/);
    }
  });
});
