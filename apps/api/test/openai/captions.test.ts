import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { toSrt, toVtt } from "../../src/openai/captions.ts";
import { type Cue, cuesOf } from "../../src/openai/cues.ts";

/** As a player reads them: times by their digits, then lines up to an empty one. */
const parsed = (text: string, separator: "," | "."): ReadonlyArray<Cue> => {
  const time = String.raw`(\d{2,}):([0-5]\d):([0-5]\d)[${separator}](\d{3})`;
  const block = new RegExp(String.raw`^${time} --> ${time}\n(.*)\n`, "gm");
  return [...text.matchAll(block)].map(([, ...found]) => {
    const ms = (at: number) => {
      const [hours = 0, minutes = 0, seconds = 0, rest = 0] = found.slice(at, at + 4).map(Number);
      return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest;
    };
    return { startMs: ms(0), endMs: ms(4), text: found[8] ?? "" };
  });
};

/** Lines without what either format gives a meaning. */
const line = fc
  .string({ unit: fc.constantFrom(...Array.from("abcÄ🦊 ,.!?'\":-0123456789")), minLength: 1 })
  .map((text) => text.replace(/\s+/g, " ").trim())
  .filter((text) => text !== "" && !text.includes("-->"));

const cue = fc
  .record({ startMs: fc.nat(500 * 3_600_000), lasts: fc.nat(60_000), text: line })
  .map(({ startMs, lasts, text }): Cue => ({ startMs, endMs: startMs + lasts, text }));

describe("subtitles", () => {
  it("as SubRip read back to the same times and texts, numbered from 1", () => {
    fc.assert(
      fc.property(fc.array(cue, { maxLength: 20 }), (cues) => {
        const text = toSrt(cues);
        assert.deepStrictEqual(parsed(text, ","), cues);
        const numbers = text.split("\n\n").flatMap((block) => /^\d+\n/.exec(block)?.[0].trim() ?? []);
        assert.deepStrictEqual(
          numbers.map(Number),
          [...cues.keys()].map((index) => index + 1),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("as WebVTT read back to the same times and texts", () => {
    fc.assert(
      fc.property(fc.array(cue, { maxLength: 20 }), (cues) => {
        assert.deepStrictEqual(parsed(toVtt(cues), "."), cues);
      }),
      { numRuns: 100 },
    );
  });

  it("are written to the letter", () => {
    const cues = [
      { startMs: 0, endMs: 1_500, text: "Tom & <i>Jerry</i>" },
      { startMs: 3_723_004, endMs: 3_725_000, text: "a --> b" },
    ];
    assert.strictEqual(
      toSrt(cues),
      "1\n00:00:00,000 --> 00:00:01,500\nTom & <i>Jerry</i>\n\n2\n01:02:03,004 --> 01:02:05,000\na -> b\n",
    );
    assert.strictEqual(
      toVtt(cues),
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nTom &amp; &lt;i&gt;Jerry&lt;/i&gt;\n\n" +
        "01:02:03.004 --> 01:02:05.000\na --&gt; b\n",
    );
  });

  it("of nothing are empty", () => {
    assert.strictEqual(toSrt([]), "");
    assert.strictEqual(toVtt([]), "WEBVTT\n");
  });
});

describe("the parts of a transcript", () => {
  const part = (text: string, ...timestamp: Array<number | null>) => ({ text, timestamp });

  it("have whole milliseconds, nearest to what the gateway said", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (start) => {
        const [only] = cuesOf({ chunks: [part("x", start, start + 1)], text: "x" });
        assert.isTrue(Number.isInteger(only?.startMs) && Number.isInteger(only?.endMs));
        assert.isAtMost(Math.abs((only?.startMs ?? Number.NaN) - start * 1_000), 0.5 + 1e-6);
      }),
      { numRuns: 100 },
    );
    assert.deepInclude(cuesOf({ chunks: [part("x", 59.9996, 61)], text: "x" })[0], { startMs: 60_000 });
  });

  it("never end before they begin, whatever the gateway says", () => {
    const time = fc.option(fc.double({ min: -5, max: 50, noNaN: true }));
    const chunk = fc.record({ text: fc.string(), timestamp: fc.array(time, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(chunk), fc.option(fc.nat(60_000), { nil: undefined }), (chunks, durationMs) => {
        for (const { startMs, endMs, text } of cuesOf({ chunks, text: "said" }, durationMs)) {
          assert.isAtLeast(startMs, 0);
          assert.isAtLeast(endMs, startMs);
          assert.match(text, /^\S(.*\S)?$/su);
        }
      }),
      { numRuns: 100 },
    );
  });

  const open = { chunks: [part("one", 0, null), part(" two\nlines ", 3, null)], text: "one two lines" };

  it("that the gateway left open end with the next one, and the last with the audio", () => {
    assert.deepStrictEqual(cuesOf(open, 9_000), [
      { startMs: 0, endMs: 3_000, text: "one" },
      { startMs: 3_000, endMs: 9_000, text: "two lines" },
    ]);
  });

  it("end after two seconds when nobody knows how long the audio is, or it is said to be shorter", () => {
    assert.deepInclude(cuesOf(open)[1], { startMs: 3_000, endMs: 5_000 });
    assert.deepInclude(cuesOf(open, 2_000)[1], { startMs: 3_000, endMs: 5_000 });
  });

  it("are one when the gateway told no times, and none when nothing was said", () => {
    assert.deepStrictEqual(cuesOf({ chunks: [], text: " all " }, 4_000), [{ startMs: 0, endMs: 4_000, text: "all" }]);
    assert.isEmpty(cuesOf({ chunks: [], text: " " }, 4_000));
    assert.isEmpty(cuesOf({ chunks: [part("  ", 0, 1)], text: "" }));
  });
});
