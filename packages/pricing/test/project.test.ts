import { livepeerCloud, livepeerStudio } from "@sluice/models";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  formatUsd,
  type Job,
  type MixEntry,
  type NanoUsd,
  project,
  type Seller,
  type Sum,
  toUsd,
} from "../src/index.ts";
import { anyJob, cardAt, textToImage } from "./jobs.ts";

const square: Job = { pipeline: "text-to-image", request: { width: 1024, height: 1024 } };
const speech: Job = { pipeline: "text-to-speech", request: { text: "a".repeat(1000) } };
const stream: Job = { pipeline: "live-video-to-video", request: {}, seconds: 60 };
const aThousand: MixEntry = { job: square, callsPerDay: 1000 };

const usd = ({ amount, atLeast }: Sum): string =>
  amount === "unknown" ? "unknown" : `${atLeast ? "at least " : ""}${toUsd(amount)}`;

describe("the checklist's 1,000 images a day", () => {
  it("are about $20: $19.922944 exactly", () => {
    const { perDay } = project([aThousand]);
    expect(usd(perDay)).toBe("19.922944");
    expect(formatUsd(perDay.amount as NanoUsd)).toBe("$19.92");
  });

  it("are $597.69 in a month of 30 days", () => {
    const { perMonth } = project([aThousand]);
    expect(perMonth).not.toHaveProperty("month");
    expect([perMonth.days, usd(perMonth.sum)]).toEqual([30n, "597.68832"]);
  });

  it("are $20.72 when 4 in 100 are made again", () => {
    expect(usd(project([aThousand], { retryShare: "0.04" }).perDay)).toBe("20.71986176");
  });

  it("grow by a tenth each month", () => {
    const { months } = project([aThousand], { growthPerMonth: "0.1", months: 3 });
    expect(months.map(({ sum }) => usd(sum))).toEqual(["597.68832", "657.457152", "723.2028672"]);
  });

  it("are at worst what the dearest source says", () => {
    // 19,999,998 nano-USD an image.
    expect(usd(project([aThousand]).perMonth.worst)).toBe("599.99994");
    expect(usd(project([aThousand], { retryShare: "0.5" }).perMonth.worst)).toBe("899.99991");
  });

  it("are as dear by the prices of a seller", () => {
    expect(usd(project([aThousand], { seller: { card: cardAt("0.02", 1_048_576) } }).perDay)).toBe("20");
    expect(usd(project([aThousand], { seller: { profile: livepeerCloud } }).perDay)).toBe("19.922944");
  });
});

describe("months of the calendar", () => {
  const daysFrom = (month: string, months: number) =>
    project([aThousand], { month, months }).months.map((each) => `${each.month ?? "?"} ${each.days}`);

  it("have their own days, over the turn of a year", () => {
    expect(daysFrom("2026-11", 4)).toEqual(["2026-11 30", "2026-12 31", "2027-01 31", "2027-02 28"]);
    expect(usd(project([aThousand], { month: "2027-02" }).perMonth.sum)).toBe("557.842432");
  });

  it("are those of the Gregorian calendar", () => {
    for (const [year, days] of [
      ["2000", 29],
      ["2027", 28],
      ["2028", 29],
      ["2100", 28],
    ] as const) {
      expect(daysFrom(`${year}-02`, 1)).toEqual([`${year}-02 ${days}`]);
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(30),
        (year, month, ahead) => {
          const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
          const last = new Date(0);
          last.setUTCFullYear(year, month + ahead, 0);
          const expected = `${last.toISOString().slice(0, 7)} ${last.getUTCDate()}`;
          expect(daysFrom(text, ahead + 1).at(-1)).toBe(expected);
        },
      ),
    );
  });
});

describe("a mix", () => {
  it("shows what each entry costs, and its share", () => {
    const { entries, perDay, perMonth } = project([aThousand, { job: speech, callsPerDay: 2 }]);
    expect(usd(perDay)).toBe("19.925944");
    expect(usd(perMonth.sum)).toBe("597.77832");
    // An orchestrator takes off 1,000 times as much for speech.
    expect(usd(perMonth.worst)).toBe("689.99994");
    expect(entries).toMatchObject([
      {
        ...aThousand,
        perDay: 19_922_944_000n,
        perMonth: 597_688_320_000n,
        share: "0.9998",
        quote: { amount: 19_922_944n },
      },
      { callsPerDay: 2, perDay: 3_000_000n, perMonth: 90_000_000n, share: "0.0002" },
    ]);
  });

  it("with an unknown entry is at least the rest, and shows it", () => {
    const { entries, perDay, perMonth } = project([aThousand, { job: stream, callsPerDay: 1 }]);
    expect([usd(perDay), usd(perMonth.sum), usd(perMonth.worst)]).toEqual([
      "at least 19.922944",
      "at least 597.68832",
      "at least 599.99994",
    ]);
    expect(entries[0]).toMatchObject({ share: "1" });
    expect(entries[1]).toMatchObject({
      perDay: "unknown",
      perMonth: "unknown",
      share: "unknown",
      quote: { amount: "unknown" },
    });
  });

  it("of unknown entries alone is unknown, and not at least nothing", () => {
    const { perDay, perMonth } = project([{ job: stream, callsPerDay: 1 }]);
    expect(perDay).toEqual({ amount: "unknown", atLeast: true });
    expect(perMonth).toMatchObject({ sum: perDay, worst: perDay });
  });

  it("may go to several sellers: an entry's own, or else that of the plan", () => {
    const seller = { card: cardAt("1e-9") };
    const { entries, perDay } = project([aThousand, { ...aThousand, seller: { card: cardAt("2e-9") } }], { seller });
    expect(entries.map((entry) => entry.perDay)).toEqual([1_048_576_000n, 2_097_152_000n]);
    expect(usd(perDay)).toBe("3.145728");
  });

  it("tells whether its sellers charge at all", () => {
    const free: MixEntry = { ...aThousand, seller: { profile: livepeerCloud } };
    const paid: MixEntry = { ...aThousand, seller: { profile: livepeerStudio } };
    const charges = (mix: ReadonlyArray<MixEntry>, seller?: Seller) => project(mix, { seller }).charges;
    expect(charges([aThousand])).toBe("usage");
    expect(charges([aThousand], { profile: livepeerCloud })).toBe("nothing");
    expect(charges([free, free])).toBe("nothing");
    expect(charges([free, paid])).toBe("mixed");
    expect(charges([free, aThousand])).toBe("mixed");
    expect(charges([free], { profile: livepeerStudio })).toBe("nothing");
    expect(charges([])).toBe("usage");
    expect(charges([], { profile: livepeerCloud })).toBe("nothing");
    expect(project([free, paid]).entries.map(({ quote }) => quote.charges)).toEqual(["nothing", "usage"]);
    expect(usd(project([free]).perDay)).toBe("19.922944");
  });

  it("of nothing costs nothing", () => {
    expect(project([]).perDay).toEqual({ amount: 0n, atLeast: false });
    const idle = project([{ job: square, callsPerDay: 0 }]);
    expect([usd(idle.perDay), idle.entries[0]?.share]).toEqual(["0", "0"]);
  });

  const shares = fc.nat(100).map((percent) => `${percent}e-2`);

  it("is never below the exact sum, and its total is that of its rows", () => {
    const mixes = fc.array(fc.record({ job: anyJob, callsPerDay: fc.nat(100_000) }), { maxLength: 4 });
    fc.assert(
      fc.property(mixes, shares, (mix, retryShare) => {
        const { entries, perDay, perMonth } = project(mix, { retryShare });
        const hundredths = 100n + BigInt(retryShare.slice(0, -3));
        let [day, month] = [0n, 0n];
        for (const { quote, perDay: own, perMonth: monthly, callsPerDay } of entries) {
          if (quote.amount === "unknown" || own === "unknown" || monthly === "unknown") continue;
          const exact = quote.amount * BigInt(callsPerDay) * hundredths;
          expect(own * 100n >= exact && (own - 1n) * 100n < exact).toBe(true);
          expect(monthly * 100n >= exact * 30n && (monthly - 1n) * 100n < exact * 30n).toBe(true);
          [day, month] = [day + own, month + monthly];
        }
        if (perDay.amount !== "unknown") expect([perDay.amount, perMonth.sum.amount]).toEqual([day, month]);
        expect(perDay.atLeast).toBe(entries.some(({ quote }) => quote.amount === "unknown"));
      }),
    );
  });

  it("costs no less with more calls, more retries and more growth, and at worst no less than expected", () => {
    fc.assert(
      fc.property(textToImage, fc.nat(1000), shares, shares, (job, callsPerDay, retryShare, growthPerMonth) => {
        const plain = project([{ job, callsPerDay }], { months: 3 });
        const more = project([{ job, callsPerDay: callsPerDay + 1 }], { retryShare, growthPerMonth, months: 3 });
        for (const [index, { sum, worst }] of more.months.entries()) {
          expect(sum.amount >= plain.months[index]!.sum.amount).toBe(true);
          expect(worst.amount >= sum.amount).toBe(true);
        }
      }),
    );
  });
});

describe("what cannot be projected", () => {
  it.each([
    ["mix.0.callsPerDay must be a whole number of at least 0, but is -1", { callsPerDay: -1 }, {}],
    ["mix.0.callsPerDay must be a whole number of at least 0, but is 0.5", { callsPerDay: 0.5 }, {}],
    ['retryShare must be a decimal in quotes such as "0.04"', {}, { retryShare: "4%" }],
    ['retryShare must be a decimal in quotes such as "0.04"', {}, { retryShare: 0.04 as never }],
    ['retryShare must be a decimal in quotes such as "0.04"', {}, { retryShare: `0.${"0".repeat(200_000)}` }],
    ['growthPerMonth must be a decimal in quotes such as "0.04"', {}, { growthPerMonth: "-0.1" }],
    ['growthPerMonth must be a decimal in quotes such as "0.04"', {}, { growthPerMonth: "1e100" }],
    ["month must be one such as 2026-12, but is 2026-13", {}, { month: "2026-13" }],
    ["month must be one such as 2026-12, but is December", {}, { month: "December" }],
    ["months must be from 1 to 120", {}, { months: 0 }],
    ["months must be from 1 to 120", {}, { months: 121 }],
    ["months must be from 1 to 120", {}, { months: 1.5 }],
  ])("is refused: %s", (message, entry, options) => {
    expect(() => project([{ ...aThousand, ...entry }], options)).toThrow(new RangeError(message));
  });
});
