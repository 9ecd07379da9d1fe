/** Which requests are one call: none is lost, and as many calls are found as were made. */
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { callsOf } from "../../src/drill/judging/calls.ts";
import { growthOf } from "../../src/drill/judging/growth.ts";
import { habitsOf } from "../../src/drill/judging/Habits.ts";
import type { SeenRequest } from "../../src/drill/judging/Seen.ts";
import { scenarios } from "../../src/drill/index.ts";
import { asked, opinion, seen, unread } from "./made.ts";

const rehearsed = (digests: ReadonlyArray<string>) =>
  habitsOf(seen(digests.map((digest, place) => asked(place * 100, 200, { digest }))));

const digest = fc.constantFrom("a fox", "a hen", "a cat");
/** What a program sends to a gateway that is well. */
const usual = fc.array(digest, { minLength: 1, maxLength: 6 });
const gaps = fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 12 });

/** A call that fails until its last request. */
const attempts = (waits: ReadonlyArray<number>, startMs: number, of: string): ReadonlyArray<SeenRequest> => {
  const starts = waits.reduce<ReadonlyArray<number>>((all, wait) => [...all, (all.at(-1) ?? 0) + wait + 10], [startMs]);
  return starts.map((ms, place) => asked(ms, place === waits.length ? 200 : 503, { digest: of }));
};

describe("the requests of a run", () => {
  it("are one call each as often as they are usual", () => {
    fc.assert(
      fc.property(usual, (digests) => {
        const requests = digests.map((of, place) => asked(place * 100, 401, { digest: of }));
        const calls = callsOf(requests, rehearsed(digests));
        assert.lengthOf(calls, digests.length);
        assert.isTrue(calls.every((call) => call.length === 1));
      }),
    );
  });

  it("are neither lost nor doubled, whatever they are", () => {
    const request = fc.record({
      ms: fc.integer({ min: 0, max: 100_000 }),
      status: fc.constantFrom(200, 401, 503, null),
      of: fc.option(fc.constantFrom("a fox", "a hen", "something new"), { nil: undefined }),
      path: fc.constantFrom("/text-to-image", "/llm"),
    });
    fc.assert(
      fc.property(usual, fc.array(request, { maxLength: 20 }), (digests, made) => {
        const requests = made
          .sort((one, other) => one.ms - other.ms)
          .map(({ ms, status, of, path }) => {
            return of === undefined ? unread(asked(ms, status, { path })) : asked(ms, status, { path, digest: of });
          });
        const times = callsOf(requests, rehearsed(digests)).flatMap((call) => call.map(({ ms }) => ms));
        assert.sameMembers(
          times,
          requests.map(({ ms }) => ms),
        );
        assert.lengthOf(times, requests.length);
      }),
    );
  });

  it("are calls of their own by their bodies, with any number of repeats", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(digest, gaps), { selector: ([of]) => of, minLength: 1 }), (made) => {
        const requests = made
          .flatMap(([of, waits], place) => attempts(waits, place, of))
          .sort((one, other) => one.ms - other.ms);
        const calls = callsOf(requests, rehearsed(made.map(([of]) => of)));
        assert.sameMembers(
          calls.map((call) => call.length),
          made.map(([, waits]) => waits.length + 1),
        );
      }),
    );
  });

  it("that were not read belong to the call that is missing, or to the next one", () => {
    const half = unread(asked(0, null));
    const habits = rehearsed(["a fox", "a hen"]);
    const hen = asked(50, 200, { digest: "a hen" });
    assert.deepEqual(
      callsOf([half, hen], habits).map((call) => call.length),
      [1, 1],
    );
    const fox = asked(90, 200, { digest: "a fox" });
    assert.deepEqual(
      callsOf([half, fox, hen], habits).map((call) => call.length),
      [2, 1],
    );
  });

  it("whose bodies change are told apart by how many calls are usual", () => {
    const habits = rehearsed(["seed 1"]);
    const run = seen([asked(0, 401, { digest: "seed 2" }), asked(100, 401, { digest: "seed 3" })]);
    assert.strictEqual(opinion("wrong-key", run, { habits }), "asked twice with a key that was refused");
  });

  it("that repeat one of two like calls repeat the one that has no result", () => {
    const run = seen([asked(0, 200), asked(5, 503), asked(1_000, 200)]);
    assert.strictEqual(opinion("cold-503", run, { habits: rehearsed(["a fox", "a fox"]) }), "right");
  });

  it("need no key where they never had one", () => {
    const keyless = { authorized: false };
    const habits = habitsOf(seen([asked(0, 200, keyless), asked(10, 200, { path: "/llm" })]));
    assert.strictEqual(opinion("wrong-key", seen([asked(0, 401, keyless)]), { habits }), "right");
  });

  it("may be streams in part, and are judged as both then", () => {
    const habits = habitsOf(seen([asked(0, 200), asked(10, 200, { path: "/llm", streams: true })]));
    const spared = scenarios.filter(({ spares }) => spares?.(habits) !== undefined);
    assert.isEmpty(spared);
  });

  it("that never have a result, as where the gateway has nothing, are no calls that a fault could hit", () => {
    const event = asked(0, 404, { path: "/events", digest: "began" });
    const habits = habitsOf(seen([event, asked(10, 200)]));
    assert.strictEqual(opinion("null-result", seen([event, asked(10, 200), asked(500, 200)]), { habits }), "right");
    assert.strictEqual(opinion("wrong-key", seen([event, event, asked(10, 401)]), { habits }), "right");
  });

  it("that are a list, a file or the state of a job are no calls", () => {
    const others = [
      asked(0, 200, { method: "GET", path: "/v1/models" }),
      asked(10, 200, { place: "store" }),
      asked(20, 200, { path: "/image-to-video/result" }),
    ];
    assert.strictEqual(habitsOf(seen([...others, asked(30, 200)])).requests, 1);
  });
});

describe("of any waits", () => {
  /** A call to a cold model with these waits. */
  const run = (waits: ReadonlyArray<number>) => seen(attempts(waits, 0, "a fox"));

  it("a cold model's caller is right when they grow, are few, and end in time", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 30 }), (waits) => {
        const gapsMs = waits.map((wait) => wait + 10);
        const total = gapsMs.reduce((sum, gap) => sum + gap, 10);
        const grow = gapsMs.length < 3 || growthOf(gapsMs).grows;
        const isRight = grow && waits.length < 20 && total <= 20_000;
        assert.strictEqual(opinion("cold-503", run(waits)) === "right", isRight);
      }),
    );
  });

  it("whoever is told to wait 3 s comes back from 2.95 s to 8 s later", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), (wait) => {
        const found = opinion("rate-limit", seen([asked(0, 429), asked(10 + wait, 200)]));
        assert.strictEqual(found === "right", wait >= 2_950 && wait <= 8_000);
      }),
    );
  });

  it("no wait makes a second request right where one is the most", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (ms) => {
        const twice = seen([asked(0, null, { tookMs: 12_000 }), asked(12_000 + ms, 200)]);
        assert.strictEqual(opinion("lost-answer", twice), "asked twice what may have been done and paid");
      }),
    );
  });
});
