/** The whole run: every load on every contestant, in turns, and the rows and goals that come of it. */
import { setTimeout } from "node:timers/promises";
import type { Row } from "../Bench.ts";
import { type Contestant, type Running, startGateway } from "./contestants.ts";
import { type Goal, goalsOf } from "./goals.ts";
import { inRounds } from "./inRounds.ts";
import { growth, latencies, streams, throughput } from "./load.ts";
import { rssBytesOf } from "./processFigures.ts";
import { openSlowSockets } from "./slowSockets.ts";
import { addedTo, quantile, type Rounds, rowsOf } from "./statistics.ts";

/** How many rounds of each, and how much is in a round. */
export interface Effort {
  readonly warmUpMs: number;
  readonly latency: { readonly rounds: number; readonly times: number };
  readonly throughput: { readonly rounds: number; readonly ms: number };
  readonly streams: { readonly rounds: number; readonly times: number };
  readonly growth: { readonly rounds: number };
  readonly slow: { readonly rounds: number; readonly times: number };
}

/** Less than three minutes on two cores. */
export const fullEffort: Effort = {
  warmUpMs: 3_000,
  latency: { rounds: 41, times: 250 },
  throughput: { rounds: 5, ms: 1_500 },
  streams: { rounds: 15, times: 10 },
  growth: { rounds: 3 },
  slow: { rounds: 9, times: 500 },
};

export interface Outcome {
  readonly rows: ReadonlyArray<Row>;
  readonly goals: ReadonlyArray<Goal>;
}

type Figures<Figure> = ReadonlyMap<string, ReadonlyArray<Figure>>;

const each = <Figure>(figures: Figures<Figure>, value: (figure: Figure) => number): Rounds =>
  new Map([...figures].map(([name, own]) => [name, own.map(value)]));

export const measureProxies = async (contestants: ReadonlyArray<Contestant>, effort: Effort): Promise<Outcome> => {
  const gateway = await startGateway();
  const proxies = contestants.filter(({ name }) => name !== "direct");
  const running: Array<Running & { readonly name: string }> = [];
  try {
    for (const { name, start } of contestants) running.push({ name, ...(await start(gateway.origin)) });
    tell("warming up");
    // Each kind of request: what a process does for the first time takes it several times as long.
    await inRounds("small requests", running, 1, (one) => throughput(one, effort.warmUpMs));
    await inRounds("streams", running, 1, (one) => throughput(one, effort.warmUpMs, "stream"));
    tell("latency");
    const took = await inRounds("latency", running, effort.latency.rounds, (one) =>
      latencies(one, effort.latency.times),
    );
    tell("throughput");
    const { rounds, ms } = effort.throughput;
    const load = await inRounds("throughput", running, rounds, async (one) => {
      const figures = await throughput(one, ms);
      return { ...figures, rss: one.pid === undefined ? Number.NaN : rssBytesOf(one.pid) / 1_000_000 };
    });
    tell("streams");
    const streamed = await inRounds("streams", running, effort.streams.rounds, (one) =>
      streams(one, effort.streams.times),
    );
    tell("slow sockets");
    const besideSlow = await p99BesideSlow(running, effort.slow);
    tell("uploads");
    const grown = await inRounds("uploads", proxies, effort.growth.rounds, async ({ start }) => {
      const fresh = await start(gateway.origin);
      return growth(fresh, fresh.pid ?? 0).finally(fresh.stop);
    });

    const p50 = each(took, (values) => quantile(values, 0.5));
    const p99 = each(took, (values) => quantile(values, 0.99));
    const perSecond = each(load, (figures) => figures.perSecond);
    const withPid = <Figure>(figures: Figures<Figure>): Figures<Figure> =>
      new Map([...figures].filter(([name]) => name !== "direct"));
    const firstByte = each(streamed, (answers) =>
      quantile(
        answers.map(({ firstByteMs }) => firstByteMs),
        0.5,
      ),
    );
    const firstToken = each(streamed, (answers) =>
      quantile(
        answers.map(({ firstBodyMs }) => firstBodyMs),
        0.5,
      ),
    );
    const of = (what: string, unit: string, figures: Rounds) => rowsOf(what, unit, figures, "floor");
    return {
      rows: [
        ...of("one at a time, p50", "µs", p50),
        ...of("added p50", "µs", addedTo("direct", p50)),
        ...of("added p99", "µs", addedTo("direct", p99)),
        ...of("64 connections", "requests/s", perSecond),
        ...of(
          "CPU per request",
          "µs",
          each(withPid(load), ({ cpu }) => cpu),
        ),
        ...of(
          "RSS under load",
          "MB",
          each(withPid(load), ({ rss }) => rss),
        ),
        ...of("growth under uploads", "MB", grown),
        ...of("head of a stream, added", "ms", addedTo("direct", firstByte)),
        ...of("first text of a stream, added", "ms", addedTo("direct", firstToken)),
      ],
      goals: goalsOf({ p50, p99, throughput: perSecond, growth: grown, firstToken, besideSlow }),
    };
  } finally {
    for (const { stop } of running) await stop();
    await gateway.stop();
  }
};

const tell = (phase: string): void => void process.stderr.write(`${phase}…\n`);

/** For the slow ones to be there, and to be gone again, in milliseconds. */
const settleMs = 300;

const p99BesideSlow = async (
  running: ReadonlyArray<Running & { readonly name: string }>,
  { rounds, times }: Effort["slow"],
): Promise<ReadonlyArray<number>> => {
  const ours = running.filter(({ name }) => name === "sluice");
  const ratios = await inRounds("slow sockets", ours, rounds, async (one) => {
    const alone = quantile(await latencies(one, times), 0.99);
    const hangUp = openSlowSockets(one.origin);
    await setTimeout(settleMs);
    const beside = quantile(await latencies(one, times).finally(hangUp), 0.99);
    await setTimeout(settleMs);
    return beside / alone;
  });
  return ratios.get("sluice") ?? [];
};
