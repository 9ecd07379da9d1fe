import { quote } from "@sluice/pricing";
import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { formula, measured } from "../src/cost/formula.ts";
import { milliseconds, time } from "../src/stats/cells.ts";
import { csvOf } from "../src/stats/export.ts";
import { parseSpan } from "../src/stats/since.ts";

const row = {
  ...{ at: "2026-11-23T08:00:00.000Z", requestId: "req_1", gateway: "acme", pipeline: "llm", outcome: "ok" },
  ...{ statuses: [503, null, 200], ms: 12, waitedMs: 0, coldStart: false, costUsd: null },
};

/** The cells of a line, as RFC 4180 has them. */
const cellsOf = (line: string): ReadonlyArray<string> =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "",
  );

describe("a span of time", () => {
  it("is a number with a unit, from milliseconds to days", () => {
    const spans = ["800ms", "20s", "30m", "24h", "1.5h", "7d"].map(parseSpan);
    assert.deepStrictEqual(spans, [800, 20_000, 1_800_000, 86_400_000, 5_400_000, 604_800_000]);
    for (const wrong of ["", "24", "h", "-1h", "1w", "24 h", "1h30m"]) {
      assert.throws(() => parseSpan(wrong), /is not a span of time; write a number and a unit/);
    }
  });
});

describe("CSV", () => {
  it("gives back every name as it was, and no spreadsheet takes one for a formula", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[\r\n]/.test(text)),
        (model) => {
          const [, line = ""] = csvOf([{ ...row, model }]).split("\r\n");
          const cell = cellsOf(line)[4] ?? "";
          assert.strictEqual(/^[=+\-@\t]/.test(model) ? cell.slice(1) : cell, model);
          assert.notMatch(cell, /^[=+\-@\t]/);
        },
      ),
    );
  });

  it("has a head also without calls, and a line break of its own within quotes", () => {
    assert.match(csvOf([]), /^at,requestId,.*,costUsd\r\n$/);
    assert.include(csvOf([{ ...row, model: "a\nb" }]), '"a\nb",ok,503 none 200,12,0,false,\r\n');
  });
});

describe("a figure for a person", () => {
  it("has the digits that tell", () => {
    assert.deepStrictEqual(
      [4_194_304n, 4_096n, 262_144n, 14_745_600n, 2_000_000_000n].map((units) => measured(units, "pixel")),
      ["4.194 MP", "0.004096 MP", "0.2621 MP", "14.75 MP", "2,000 MP"],
    );
    assert.strictEqual(measured(61_000n, "millisecond"), "61 s = 1.017 min");
    assert.strictEqual(milliseconds(null), "–");
    assert.strictEqual(milliseconds(999.4), "999 ms");
    assert.strictEqual(milliseconds(2_310), "2.3 s");
    assert.strictEqual(time(0), "1970-01-01 00:00:00");
  });

  it("is never a zero where nothing is known", () => {
    const job = { pipeline: "image-to-image", request: { num_images_per_prompt: 2 } } as const;
    assert.strictEqual(formula(job, quote(job)), "unknown units × $0.01907/MP = unknown");
    const live = { pipeline: "live-video-to-video", request: {}, seconds: 60 } as const;
    assert.match(formula(live, quote(live)), / × unknown rate = unknown$/);
  });
});
