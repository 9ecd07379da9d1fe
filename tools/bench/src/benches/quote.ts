/**
 * What it costs to know a price: CPU per quote. For one request, zod's parse of it alone is 1; for a million rows, the same
 * loop with plain numbers, and µs per row are seconds for them all.
 */
import { livepeerStudio, prepare, TextToImage } from "@sluice/models";
import { type Job, quote as quoteOf, quoteAll } from "@sluice/pricing";
import type { Bench, Contender } from "../Bench.ts";

const input = { prompt: "a red fox", width: 1024, height: 1024 };
const profile = livepeerStudio;
const apiKey = "7c1f6d5e-52b6-4c5e-9a0b-1d2e3f405162"; // Nobody's. sluice-allow-secret

const rowsPerSample = 100_000;
let growth = 0;

export const quote = (): Promise<Bench> =>
  Promise.resolve({
    unit: "µs CPU",
    rounds: 9,
    heats: [
      {
        name: "a text-to-image request",
        anchor: "parse",
        contenders: [
          each("parse", () => TextToImage.input.safeParse(input).success),
          each("parse, quote", () => {
            const parsed = TextToImage.input.safeParse(input);
            return parsed.success && priced({ pipeline: "text-to-image", request: parsed.data });
          }),
          each("parse, preflight, quote", () => {
            const prepared = prepare("text-to-image", input, { profile, apiKey });
            return prepared.ok && priced({ pipeline: "text-to-image", request: prepared.request });
          }),
        ],
        times: 50_000,
      },
      {
        name: "a row of a million",
        anchor: "plain numbers",
        contenders: [contender("plain numbers", addUp), contender("quoteAll", quoteUp)],
        times: 1_000_000,
      },
    ],
    // More memory at most than after the first 100,000 rows.
    close: () => Promise.resolve({ residentGrowthMiB: growth / 1_048_576 }),
  });

const priced = (job: Job): boolean => quoteOf(job, { profile }).amount !== "unknown";

const contender = (name: string, run: (times: number) => void): Contender => ({
  name,
  run: (times) => {
    run(times);
    return Promise.resolve();
  },
});

const each = (name: string, succeeds: () => boolean): Contender =>
  contender(name, (times) => {
    for (let done = 0; done < times; done += 1) if (!succeeds()) throw new Error(`${name} fails.`);
  });

/** Rows as they would come from a file: each a new object, of another size. */
function* rowsOf(times: number): Generator<Job & { readonly request: Size }> {
  for (let row = 0; row < times; row += 1) {
    const request = { width: 512 + 8 * (row % 64), height: 1024, num_images_per_prompt: 1 + (row % 4) };
    yield { pipeline: "text-to-image", request };
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly num_images_per_prompt: number;
}

const quoteUp = (times: number): void => {
  let [total, first] = [0n, 0];
  for (const { row, total: sum } of quoteAll(rowsOf(times))) {
    total = sum;
    if (row % rowsPerSample !== 0) continue;
    const { rss } = process.memoryUsage();
    if (row === rowsPerSample) first = rss;
    growth = Math.max(growth, rss - first);
  }
  if (total === 0n) throw new Error("The rows cost nothing.");
};

const addUp = (times: number): void => {
  let total = 0;
  for (const { request } of rowsOf(times)) {
    total += request.width * request.height * request.num_images_per_prompt * 0.019e-6;
  }
  if (total === 0) throw new Error("The rows cost nothing.");
};
