import { describe, expect, it } from "vitest";
import { prepare, readAudio } from "../../src/index.ts";
import { livepeerCloud } from "../../src/index.ts";
import { flac, mp4, webm, wavOf } from "./audio.ts";
import { big, box, type Bytes, concat, zeros } from "./bytes.ts";

const repeated = (part: Bytes, times: number): Bytes => {
  const all = new Uint8Array(part.length * times);
  for (let index = 0; index < times; index += 1) all.set(part, index * part.length);
  return all;
};

const free = box("free");

describe("an MP4 that would keep its reader busy", () => {
  it.each<[string, Bytes]>([
    ["zeros behind the first mark", concat(zeros(4), "ftyp", zeros(8_000_000))],
    ["a million empty boxes", concat(box("ftyp", "M4A "), repeated(free, 1_000_000))],
    ["a million empty boxes in one", concat(box("ftyp", "M4A "), box("moov", repeated(free, 1_000_000)))],
    ["boxes that do not move on", concat(box("ftyp", "M4A "), [0, 0, 0, 4], "free", zeros(1_000))],
    ["a size of 64 bits that does not", concat(box("ftyp", "M4A "), [0, 0, 0, 1], "free", zeros(8))],
  ])("is given up: %s", async (_, file) => {
    // A 64-bit library that steps through these takes seconds; vitest's own limit is the judge.
    for (const upload of [file, new Blob([file])]) {
      expect(await readAudio(upload)).toEqual({ kind: "audio", bytes: file.length });
    }
  });

  it("is read when its boxes are many, and not too many", async () => {
    const file = concat(mp4(5), repeated(free, 9_000));
    expect(await readAudio(file)).toMatchObject({ format: "mp4", seconds: 5 });
  });
});

describe("a length that cannot be", () => {
  const silent = flac(2);
  // The sample rate, in 20 bits from the 19th byte on.
  silent.set([0, 0, silent[20]! & 0x0f], 18);

  it.each<[string, Bytes]>([
    ["FLAC at no rate", silent],
    ["WAV of no bytes a second", wavOf(8, box("    ", big(2, 0)))],
    ["WebM for ever", webm(Infinity)],
    ["WebM of no number", webm(NaN)],
    ["WebM that ends before it begins", webm(-5)],
    ["WebM of ages", webm(1e12)],
  ])("is not told: %s", async (_, audio) => {
    const facts = await readAudio(audio);
    expect(facts.seconds).toBeUndefined();
    const prepared = prepare("audio-to-text", { audio }, { profile: livepeerCloud, facts });
    expect(prepared.ok ? [] : prepared.findings.map(({ path, severity }) => [path, severity])).toEqual([
      ["audio", "refuse"],
    ]);
  });
});
