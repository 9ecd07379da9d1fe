import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { statusOf } from "../ask.ts";
import { flac, mp3, mp4, wav, webm, webp } from "./files.ts";
import { answerOf, askFor, refusedWith } from "./requests.ts";

interface Transcript {
  readonly chunks: ReadonlyArray<{ readonly text: string; readonly timestamp: readonly [number, number] }>;
  readonly text: string;
}

const name = "audio-to-text";

describe("audio-to-text", () => {
  it("answers as Go does: chunks with their times, and the text", async () => {
    const { said } = await askFor(name, {}, flac(5.5));
    assert.strictEqual(
      said,
      `{"chunks":[{"text":" The tide comes in at seven.","timestamp":[0,2.75]},{"text":" A heron stands where the river bends.","timestamp":[2.75,5.5]}],"text":" The tide comes in at seven. A heron stands where the river bends."}\n`,
    );
  });

  it("has chunks that follow each other, end with the audio, and make up the text", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 60_000 }), fc.constantFrom("true", "word", "1"), async (cs, how) => {
        const seconds = cs / 100;
        const { heard } = await askFor(name, { return_timestamps: how }, flac(seconds));
        const { chunks, text } = answerOf<Transcript>(heard);
        assert.strictEqual(chunks.map((chunk) => chunk.text).join(""), text);
        for (const [index, { timestamp }] of chunks.entries()) {
          assert.strictEqual(timestamp[0], chunks[index - 1]?.timestamp[1] ?? 0);
          assert.isBelow(timestamp[0], timestamp[1]);
        }
        assert.approximately(chunks.at(-1)?.timestamp[1] ?? 0, seconds, 0.011);
      }),
      { numRuns: 20 },
    ));

  it("has words for chunks, or none", async () => {
    const words = answerOf<Transcript>((await askFor(name, { return_timestamps: "word" })).heard);
    assert.strictEqual(words.chunks[1]?.text, " tide");
    for (const how of ["false", "0", "False"]) {
      const { heard } = await askFor(name, { return_timestamps: how });
      assert.deepStrictEqual(answerOf<Transcript>(heard).chunks, []);
    }
  });

  it("meters whole seconds, a thousand units each", async () => {
    assert.strictEqual((await askFor(name, {}, flac(61.9))).units, 61_000);
    assert.strictEqual((await askFor(name, {}, wav(1))).units, 1_000);
  });

  it("reads WAV, FLAC, MP3, MP4 and WebM", async () => {
    for (const file of [wav(2.5), flac(2.5), mp3(2.5), mp4(2.5), webm(2.5)]) {
      assert.strictEqual((await askFor(name, {}, file)).units, 2_000);
    }
  });

  const silent: ReadonlyArray<readonly [what: string, file: Uint8Array | null]> = [
    ["a second that is not whole", flac(0.99)],
    ["no time", wav(0)],
    ["an image", webp],
    ["a text", Buffer.from("Hello there.")],
    ["nothing", new Uint8Array()],
    ["no file", null],
  ];
  for (const [what, file] of silent) {
    it(`refuses ${what}`, async () => {
      refusedWith((await askFor(name, {}, file)).heard, "audio duration calculation failed");
    });
  }

  it("is null for more than 50 MiB, and takes exactly that", async () => {
    const sized = (bytes: number) => Buffer.concat([flac(3), Buffer.alloc(bytes - flac(3).length)]);
    const [fits, tooLarge] = [await askFor(name, {}, sized(52_428_800)), await askFor(name, {}, sized(52_428_801))];
    assert.strictEqual(fits.units, 3_000);
    assert.deepStrictEqual([statusOf(tooLarge.heard), tooLarge.said, tooLarge.units], [200, "null\n", undefined]);
  });
});
