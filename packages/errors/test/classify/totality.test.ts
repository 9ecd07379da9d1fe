/** classify meets whatever the network sends: it always has an answer, and garbage is never a success. */
import { describe, expect, it } from "@effect/vitest";
import fc from "fast-check";
import { classify } from "../../src/index.ts";
import { answer, bytesOf, dialects, key, seen } from "../wire.ts";
import { anyDialect, observations, secrets } from "./anything.ts";
import { answers } from "./knownAnswers.ts";
import { flawOf, flawsOf, isObject, jsonOf, textOf } from "./oracle.ts";
import { successes } from "./tables/successes.ts";

/** Enough for a machine that does other things as well. */
const patience = 60_000;

describe("classify is total", () => {
  it(
    "for any status, headers, body, secrets and break",
    () => {
      fc.assert(
        fc.property(anyDialect, observations, (dialect, observation) => {
          expect(flawOf(dialect, observation)).toBeUndefined();
        }),
        { numRuns: 1000 },
      );
    },
    patience,
  );

  it(
    "for every known answer, cut at every byte",
    () => {
      const cuts = answers.flatMap((whole) =>
        dialects.flatMap((dialect) =>
          Array.from(whole.body, (_, length) => [dialect, { ...whole, body: whole.body.subarray(0, length) }] as const),
        ),
      );
      expect(cuts.length).toBeGreaterThan(50_000);
      expect(flawsOf(cuts)).toEqual([]);
    },
    patience,
  );

  it(
    "for every known answer with one byte changed, in every place",
    () => {
      const changes = answers.flatMap((whole, number) =>
        Array.from(whole.body, (byte, place) => {
          const body = whole.body.slice();
          // Each bit in turn, so that all of them are flipped somewhere.
          body[place] = byte ^ (1 << (place % 8));
          return [dialects[(number + place) % dialects.length] ?? "generic", { ...whole, body }] as const;
        }),
      );
      expect(changes.length).toBeGreaterThan(10_000);
      expect(flawsOf(changes)).toEqual([]);
    },
    patience,
  );

  it("for a known answer with any byte changed to any other", () => {
    const flips = fc.integer({ min: 1, max: 255 });
    fc.assert(
      fc.property(
        anyDialect,
        fc.constantFrom(...answers),
        fc.nat(),
        flips,
        secrets,
        (dialect, whole, at, flip, hide) => {
          const changed = whole.body.map((byte, place) => (place === at % whole.body.length ? byte ^ flip : byte));
          expect(flawOf(dialect, seen({ ...whole, body: changed }, hide))).toBeUndefined();
        },
      ),
    );
  });

  it("for every known answer under every other status", () => {
    const moved = answers.flatMap((whole, number) =>
      [200, 202, 204, 301, 400, 401, 403, 404, 413, 418, 422, 429, 500, 502, 503, 599].map(
        (status) => [dialects[number % dialects.length] ?? "generic", { ...whole, status }] as const,
      ),
    );
    expect(flawsOf(moved, [key])).toEqual([]);
  });
});

describe("garbage is never a success", () => {
  it.each(dialects)("random bytes with 2xx are none, as %s", (dialect) => {
    // A body that is by chance an object is no garbage.
    const garbage = fc.uint8Array().filter((bytes) => !isObject(jsonOf(textOf(bytes))));
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 299 }), garbage, (status, body) => {
        expect(classify(dialect, seen(answer(status, body), []))).not.toBe("success");
      }),
    );
  });

  it.each(dialects)("JSON that is no object is none, as %s", (dialect) => {
    const others = fc.jsonValue().filter((value) => !isObject(value));
    fc.assert(
      fc.property(others, (value) => {
        expect(classify(dialect, seen(answer(200, JSON.stringify(value)), []))).not.toBe("success");
      }),
    );
  });

  it.each(dialects)("a known success, cut at every byte, is none until it is whole, as %s", (dialect) => {
    const wrong = successes.flatMap(({ what, wire }) => {
      if (wire.kind !== "answer") return [];
      const whole = bytesOf(textOf(wire.body).trimEnd());
      return Array.from(whole, (_, length) => ({ what, length, body: whole.subarray(0, length) })).filter(
        ({ body }) => classify(dialect, seen({ ...wire, body }, [])) === "success",
      );
    });
    expect(wrong.map(({ what, length }) => `${what} at ${length}`)).toEqual([]);
  });

  it("a finished answer of another status is none", () => {
    const whole = successes.flatMap(({ wire }) => (wire.kind === "answer" ? [wire] : []));
    const other = fc.oneof(fc.integer({ min: 100, max: 199 }), fc.integer({ min: 300, max: 999 }));
    fc.assert(
      fc.property(anyDialect, other, fc.constantFrom(...whole), (dialect, status, wire) => {
        expect(classify(dialect, seen({ ...wire, status }))).not.toBe("success");
      }),
    );
  });
});

describe("an object with a result is a success", () => {
  it.each(dialects)("whatever it holds besides, as %s", (dialect) => {
    const results = fc.constantFrom<Record<string, unknown>>(
      { images: [{}] },
      { text: "" },
      { audio: {} },
      { choices: [{}] },
      { chunks: [] },
    );
    const besides = fc.dictionary(
      fc.string().filter((name) => !["images", "choices"].includes(name)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(results, besides, (result, more) => {
        expect(classify(dialect, seen(answer(200, JSON.stringify({ ...more, ...result })), []))).toBe("success");
      }),
    );
  });
});

describe("a long key", () => {
  it("of 1 500 characters, as a JWT is, is hidden as any other", () => {
    const token = `eyJ${"aB3_-x9Zq7".repeat(150)}`;
    const verdict = classify("studio", seen(answer(403, `{"errors":["no token ${token} found"]}`), [token]));
    expect(verdict).toMatchObject({ detail: "no token <redacted> found" });
  });
});
