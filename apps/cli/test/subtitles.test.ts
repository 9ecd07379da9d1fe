import { inflateSync } from "node:zlib";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { maskPng } from "../src/generate/greyPng.ts";
import { srt, vtt, whole } from "../src/generate/subtitles.ts";

describe("subtitles", () => {
  const chunks = [
    { text: " Hello <b> & you.", timestamp: [0, 1.5] },
    { text: " It ends when the next begins.", timestamp: [1.5, null] },
    { text: " Late.", timestamp: [3_723.0456, null] },
  ];

  it("as SubRip are numbered, with commas", () => {
    assert.strictEqual(
      srt(chunks),
      [
        "1\n00:00:00,000 --> 00:00:01,500\nHello <b> & you.\n",
        "2\n00:00:01,500 --> 01:02:03,046\nIt ends when the next begins.\n",
        "3\n01:02:03,046 --> 01:02:06,046\nLate.\n",
      ].join("\n"),
    );
  });

  it("as WebVTT have a head, full stops, and no markup of the speaker's", () => {
    assert.isTrue(
      vtt(chunks).startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello &lt;b&gt; &amp; you.\n\n00:00:01.500"),
    );
  });

  it("are one line over the whole when nobody knows the times", () => {
    assert.strictEqual(srt([whole(" All of it.", 61)]), "1\n00:00:00,000 --> 00:01:01,000\nAll of it.\n");
    assert.include(vtt([whole("Short.")]), "00:00:00.000 --> 00:00:03.000\nShort.");
  });

  it("have times that any reader takes, and that never go back", () => {
    const times = fc.array(fc.double({ min: 0, max: 90_000, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(times, (starts) => {
        const said = starts
          .toSorted((one, other) => one - other)
          .map((start) => ({ text: "x", timestamp: [start, null] }));
        for (const line of srt(said)
          .split("\n")
          .filter((one) => one.includes("-->"))) {
          const [, from = "", to = ""] =
            /^(\d\d:[0-5]\d:[0-5]\d,\d{3}) --> (\d\d:[0-5]\d:[0-5]\d,\d{3})$/.exec(line) ?? [];
          assert.isTrue(from !== "" && from <= to, line);
        }
      }),
    );
  });
});

it("a mask's picture holds white where a value is above zero", () => {
  const row = fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), (rows) => {
      const png = maskPng(rows);
      assert.deepStrictEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [3, rows.length]);
      const length = png.readUInt32BE(33);
      assert.strictEqual(png.subarray(37, 41).toString(), "IDAT");
      const pixels = inflateSync(png.subarray(41, 41 + length));
      const expected = rows.flatMap((values) => [0, ...values.map((value) => (value > 0 ? 255 : 0))]);
      assert.deepStrictEqual([...pixels], expected);
    }),
  );
});
