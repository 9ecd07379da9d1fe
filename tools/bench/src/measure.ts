/**
 * Measures CPU time, or what contenders weigh themselves, in interleaved rounds: in each round every contender runs once,
 * in an order that rotates, so that a slow minute of a shared machine slows them all. Only the ratios mean anything.
 */
import type { Bench, Contender, Heat, Row } from "./Bench.ts";
import { cpuMicroseconds } from "./cpu.ts";

export const measure = async (bench: Bench): Promise<ReadonlyArray<Row>> => {
  const rows: Array<Row> = [];
  for (const heat of bench.heats) rows.push(...(await measureHeat(heat, bench)));
  return rows;
};

/** Rounds that nobody counts. */
const warmUp = 6;

const measureHeat = async (heat: Heat, { rounds, unit }: Bench): Promise<ReadonlyArray<Row>> => {
  const { contenders, times, anchor } = heat;
  const samples = new Map(contenders.map(({ name }) => [name, new Array<number>()]));
  // A program that makes calls for hours is compiled by then; one that has made a few hundred is not.
  for (const contender of contenders) if ("run" in contender) await contender.run(warmUp * times);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(round + turn) % contenders.length];
      if (contender === undefined) continue;
      samples.get(contender.name)?.push(await figureOf(contender, times));
    }
  }
  const base = samples.get(anchor) ?? [];
  return contenders.map(({ name }) => {
    const own = samples.get(name) ?? [];
    const ratios = own.map((value, round) => value / (base[round] ?? Number.NaN));
    return { name: `${name}, ${heat.name}`, unit, median: median(own), min: Math.min(...own), ratio: median(ratios) };
  });
};

const figureOf = async (contender: Contender, times: number): Promise<number> =>
  "weigh" in contender ? contender.weigh(times) : (await cpuMicroseconds(() => contender.run(times))) / times;

const median = (values: ReadonlyArray<number>): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
