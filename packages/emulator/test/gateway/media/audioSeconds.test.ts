import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { audioSecondsOf } from "../../../src/gateway/media/audioSeconds.ts";
import { flac, mp3, mp4, wav, webm } from "../files.ts";

const seconds = fc.integer({ min: 1, max: 4_000 }).map((n) => n / 100);

describe("how long an audio file plays", () => {
  for (const [name, make] of Object.entries({
    WAV: wav,
    FLAC: flac,
    MP3: mp3,
    MP4: mp4,
    "MP4 with long numbers": (length: number) => mp4(length, 1),
    WebM: webm,
    "WebM from a browser": (length: number) => webm(length, true),
  })) {
    it(`is in the header of a ${name}`, () => {
      fc.assert(
        fc.property(seconds, (length) => {
          assert.approximately(audioSecondsOf(make(length)) ?? NaN, length, 0.001);
        }),
        { numRuns: 30 },
      );
    });

    it(`is not known where a ${name} is cut short in its header`, () => {
      const file = make(1);
      const header = name === "MP3" ? 215 : name === "WAV" ? 20 : name === "FLAC" ? 26 : file.length;
      for (let length = 0; length < header; length += 1) {
        assert.notStrictEqual(audioSecondsOf(file.subarray(0, length)), 1, String(length));
      }
    });
  }

  it("is what is there when a WAV was streamed, and no length written", () => {
    for (const declared of [0, 0xffff_ffff]) assert.strictEqual(audioSecondsOf(wav(3, declared)), 3);
  });

  it("is what a WAV declares, although the rest is missing", () => {
    assert.strictEqual(audioSecondsOf(wav(1, 80_000)), 10);
  });

  it("is counted in frames where an MP3 says how many there are", () => {
    assert.approximately(audioSecondsOf(mp3(9, 100)) ?? NaN, (100 * 1152) / 44_100, 1e-9);
  });

  it("is not known without a rate", () => {
    for (const [at, byte] of [
      [2, 0xf0],
      [2, 0x00],
      [2, 0x9c],
      [1, 0xeb],
      [1, 0xfd],
    ] as const) {
      const file = mp3(2).subarray(210);
      file[at] = byte;
      assert.isUndefined(audioSecondsOf(file), `${at} ${byte}`);
    }
    assert.isUndefined(audioSecondsOf(flac(1).fill(0, 18, 21)));
  });

  it("is slower by half or more in MPEG 2 and 2.5", () => {
    const of = (version: number) => {
      const file = mp3(9, 100).subarray(210);
      file[1] = version;
      return audioSecondsOf(file);
    };
    assert.approximately(of(0xf3) ?? NaN, (100 * 576) / 22_050, 1e-9);
    assert.approximately(of(0xe3) ?? NaN, (100 * 576) / 11_025, 1e-9);
  });

  it("is not known where the facts are missing", () => {
    const noMovie = Buffer.from("00000008667479700000000866726565", "hex");
    const noLength = Buffer.from("000000046674797000000004", "hex");
    const noDuration = Buffer.from("1a45dfa3801853806780", "hex");
    const cutInSize = Buffer.from("1a45dfa340", "hex");
    for (const file of [noMovie, noLength, noDuration, cutInSize]) assert.isUndefined(audioSecondsOf(file));
  });

  it("never fails, whatever the bytes", () => {
    const magic = fc.constantFrom(
      "524946460000000057415645",
      "664c6143",
      "494433",
      "1a45dfa3",
      "0000000866747970",
      "fffb",
    );
    fc.assert(
      fc.property(magic, fc.uint8Array(), (start, bytes) => {
        audioSecondsOf(Buffer.concat([Buffer.from(start, "hex"), bytes]));
      }),
      { numRuns: 5_000 },
    );
  });
});
