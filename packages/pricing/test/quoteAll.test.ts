import { livepeerCloud } from "@sluice/models";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { type Job, quote, quoteAll } from "../src/index.ts";
import { anyJob, cardAt } from "./jobs.ts";

const square: Job = { pipeline: "text-to-image", request: { width: 1024, height: 1024 } };
const stream: Job = { pipeline: "live-video-to-video", request: {}, seconds: 60 };
const wrong: Job = { pipeline: "text-to-image", request: { width: -1, height: 1024 } };

describe("quoteAll", () => {
  it("quotes row by row, with a running total; a wrong row is named and stops nothing", () => {
    const rows = [...quoteAll([square, wrong, stream, square])];
    expect(rows.map(({ row, total, unknown, wrong: wrongs }) => [row, total, unknown, wrongs])).toEqual([
      [1, 19_922_944n, 0, 0],
      [2, 19_922_944n, 0, 1],
      [3, 19_922_944n, 1, 1],
      [4, 39_845_888n, 1, 1],
    ]);
    expect(rows.map(({ result }) => (result.ok ? result.quote.amount : result.problem))).toEqual([
      19_922_944n,
      "width must be a whole number of at least 1, but is -1",
      "unknown",
      19_922_944n,
    ]);
  });

  it.each([
    null,
    undefined,
    7,
    "a row",
    {},
    { pipeline: "text-to-image" },
    { pipeline: "text-to-image", request: null },
  ])("takes %j for a wrong row", (row) => {
    const [first, second] = [...quoteAll([row as never, square])];
    expect(first).toMatchObject({ row: 1, wrong: 1, total: 0n, result: { ok: false } });
    expect(first?.result).toHaveProperty("problem", expect.stringMatching(/is not known|is not a job/));
    expect(second).toMatchObject({ row: 2, wrong: 1, total: 19_922_944n, result: { ok: true } });
  });

  it("prices by a seller's card", () => {
    expect([...quoteAll([square], { card: cardAt("1e-9") })]).toMatchObject([{ total: 1_048_576n }]);
  });

  it("refuses a broken card at once, rather than each row", () => {
    const rows = quoteAll([square], { card: cardAt("free") });
    expect(() => rows.next()).toThrow('prices.rates.0.price must be a decimal in quotes such as "0.019"');
  });

  it("refuses a seller that is none at once", () => {
    expect(() => quoteAll([square], livepeerCloud as never).next()).toThrow("give { profile } or { card }");
  });

  it("takes one row at a time: none is read before it is asked for, none after the last that was", () => {
    let read = 0;
    const source = function* (): Generator<Job> {
      for (;;) {
        read += 1;
        yield square;
      }
    };
    for (const { row } of quoteAll(source())) {
      expect(read).toBe(row);
      if (row === 3) break;
    }
    expect(read).toBe(3);
  });

  it("is the same as a quote for each", () => {
    fc.assert(
      fc.property(fc.array(anyJob), (jobs) => {
        const alone = jobs.map((job) => quote(job));
        const rows = [...quoteAll(jobs)];
        expect(rows.map(({ result }) => result.ok && result.quote.amount)).toEqual(alone.map(({ amount }) => amount));
        const total = alone.reduce((sum, { amount }) => (amount === "unknown" ? sum : sum + amount), 0n);
        expect(rows.at(-1)?.total ?? 0n).toBe(total);
      }),
    );
  });
});
