/** Loads the service at a fixed rate, in bursts; between two bursts, when all is answered, it looks at what the service holds. */
import { setTimeout } from "node:timers/promises";
import { Agent } from "undici";
import { sluiceHeaders } from "../proxying/sluice.ts";
import type { Sample } from "./judge.ts";
import { kindOf, makeRequest } from "./mix.ts";
import type { Service } from "./service.ts";
import type { Tally } from "./Tally.ts";

export interface Load {
  readonly minutes: number;
  /** Requests a second, within a burst. */
  readonly rate: number;
}

/** Bursts are so long that a run has about this many; but none is so long that it hides what comes and goes within it. */
const looks = 40;
const shortestBurstMs = 2_000;
const longestBurstMs = 30_000;

/** From the last answer until what it leaves behind is gone, in milliseconds. */
const settleMs = 500;

export interface Soaked {
  readonly samples: ReadonlyArray<Sample>;
  readonly warnings: ReadonlyArray<string>;
}

export const soak = async (service: Service, { minutes, rate }: Load, tally: Tally): Promise<Soaked> => {
  const samples: Array<Sample> = [];
  const start = performance.now();
  const length = minutes * 60_000;
  const burstMs = Math.min(longestBurstMs, Math.max(shortestBurstMs, length / looks));
  let warnings: ReadonlyArray<string> = [];
  let number = 0;
  while (performance.now() - start < length) {
    number = await burst(service.origin, rate, burstMs, number, tally);
    await setTimeout(settleMs);
    const { warnings: told, ...held } = await service.look();
    warnings = told;
    samples.push({ at: (performance.now() - start) / 1_000, ...held });
    process.stderr.write(progress(samples, tally));
  }
  return { samples, warnings };
};

/** Requests at their times, whether or not the ones before are answered. Gives the number of the next. */
const burst = async (origin: string, rate: number, ms: number, first: number, tally: Tally): Promise<number> => {
  const dispatcher = new Agent({ connections: 256 });
  const caller = { origin, headers: sluiceHeaders(), dispatcher };
  const start = performance.now();
  const underWay: Array<Promise<void>> = [];
  const count = Math.round((ms * rate) / 1_000);
  for (let sent = 0; sent < count; sent += 1) {
    const due = start + (sent * 1_000) / rate - performance.now();
    if (due > 0) await setTimeout(due);
    const number = first + sent;
    underWay.push(makeRequest(caller, number).then((ended) => tally.add(kindOf(number), ended)));
  }
  await Promise.all(underWay);
  await dispatcher.destroy();
  return first + count;
};

const progress = (samples: ReadonlyArray<Sample>, tally: Tally): string => {
  const { at, heap, descriptors, timers, resources, listeners } = samples.at(-1) ?? { at: 0, heap: 0 };
  const held = `heap ${(heap / 1_048_576).toFixed(1)} MiB, ${descriptors} descriptors, ${timers} timers, ${resources} resources, ${listeners} listeners`;
  return `${at.toFixed(0).padStart(5)} s  ${tally.total} requests  ${held}\n`;
};
