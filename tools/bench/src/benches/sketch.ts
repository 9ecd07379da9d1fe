/**
 * What it costs to record a call's duration: CPU per record, of latencies such as cold models make. Ours is 1. Besides:
 * how far the p99 is off, and the memory of a sketch of one minute.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { operationDurationBounds, Sketch } from "@sluice/telemetry";
import type { Bench, Weigher } from "../Bench.ts";
import { cpuMicroseconds } from "../cpu.ts";
import { importPeer } from "../peers.ts";

const times = 1_000_000;
const callsAMinute = 200;
const minutes = 300;

export const sketch = async (): Promise<Bench> => {
  const samples = latencies(times);
  const kept = Object.entries(await keepers());
  return {
    unit: "ns CPU",
    rounds: 9,
    heats: [
      {
        name: "a record",
        anchor: "Sketch",
        contenders: await Promise.all([
          warmed(increments(samples)),
          ...kept.map(async ([name, make]) => warmed(weigher(name, () => make().record(samples)))),
        ]),
        times,
      },
    ],
    close: async () => {
      const exact = samples.toSorted()[Math.ceil(0.99 * times) - 1] ?? Number.NaN;
      const figures: Array<readonly [string, number]> = [];
      for (const [name, make] of kept) {
        const one = make();
        one.record(samples);
        figures.push([`${name}, error of p99 in thousandths`, 1_000 * Math.abs((await one.p99()) / exact - 1)]);
      }
      for (const [name, make] of kept) figures.push([`${name}, bytes for a minute`, await bytesOf(make, samples)]);
      return Object.fromEntries(figures);
    },
  };
};

/** Each has a loop of its own, which is compiled for it alone. */
interface Keeper {
  readonly record: (samples: Float64Array) => void;
  /** In milliseconds. */
  readonly p99: () => number | Promise<number>;
}

const keepers = async (): Promise<Readonly<Record<string, () => Keeper>>> => {
  const { DDSketch } = (await importPeer("@datadog/sketches-js")) as Datadog;
  const { default: hdr } = (await importPeer("hdr-histogram-js")) as { readonly default: Hdr };
  const { Histogram } = (await importPeer("prom-client")) as PromClient;
  await hdr.initWebAssembly();
  // Two digits are 1 %; in whole microseconds, as ours are.
  const hdrOf = (useWebAssembly: boolean) =>
    hdr.build({ useWebAssembly, autoResize: true, numberOfSignificantValueDigits: 2 });
  return {
    Sketch: () => {
      const one = new Sketch();
      return {
        record: (samples) => {
          for (let at = 0, end = samples.length; at < end; at += 1) one.record(samples[at] ?? 0);
        },
        p99: () => one.quantile(0.99) ?? Number.NaN,
      };
    },
    "@datadog/sketches-js": () => {
      const one = new DDSketch({ relativeAccuracy: 0.01 });
      return {
        record: (samples) => {
          for (let at = 0, end = samples.length; at < end; at += 1) one.accept(samples[at] ?? 0);
        },
        p99: () => one.getValueAtQuantile(0.99),
      };
    },
    "hdr-histogram-js": () => {
      const one = hdrOf(false);
      return {
        record: (samples) => {
          for (let at = 0, end = samples.length; at < end; at += 1)
            one.recordValue(Math.round((samples[at] ?? 0) * 1_000));
        },
        p99: () => one.getValueAtPercentile(99) / 1_000,
      };
    },
    "hdr-histogram-js in WebAssembly": () => {
      const one = hdrOf(true);
      return {
        record: (samples) => {
          for (let at = 0, end = samples.length; at < end; at += 1)
            one.recordValue(Math.round((samples[at] ?? 0) * 1_000));
        },
        p99: () => one.getValueAtPercentile(99) / 1_000,
      };
    },
    "prom-client": () => {
      const one = new Histogram({ name: "d", help: "d", buckets: operationDurationBounds, registers: [] });
      return {
        record: (samples) => {
          for (let at = 0, end = samples.length; at < end; at += 1) one.observe((samples[at] ?? 0) / 1_000);
        },
        p99: async () => {
          const { values } = await one.get();
          return 1_000 * p99Of(values.filter(({ labels }) => typeof labels.le === "number"));
        },
      };
    },
  };
};

const weigher = (name: string, run: () => void): Weigher => ({
  name,
  weigh: async (records) => {
    const us = await cpuMicroseconds(() => {
      run();
      return Promise.resolve();
    });
    return (us / records) * 1_000;
  },
});

/** A process that records for hours has compiled it. */
const warmed = async (one: Weigher): Promise<Weigher> => {
  for (let round = 0; round < 3; round += 1) await one.weigh(times);
  return one;
};

const increments = (samples: Float64Array): Weigher => {
  const counts = new Float64Array(1_024);
  return weigher("an array's increment", () => {
    for (let at = 0, end = samples.length; at < end; at += 1) {
      const place = (samples[at] ?? 0) & 1_023;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  });
};

/** Of 100 calls, 93 take 1 to 5 s; the others find the model cold and take 30 to 200 s. Whole microseconds. */
const latencies = (calls: number): Float64Array => {
  let state = 20_261_123;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Float64Array.from({ length: calls }, () => {
    const ms = random() < 0.93 ? 1_000 * 5 ** random() : 30_000 + 170_000 * random();
    return Math.round(ms * 1_000) / 1_000;
  });
};

/** As Prometheus's `histogram_quantile` has it: on the line between the two bounds. */
const p99Of = (buckets: ReadonlyArray<Bucket>): number => {
  const rank = 0.99 * times;
  const place = buckets.findIndex(({ value }) => value >= rank);
  const [below, bucket] = [buckets[place - 1], buckets[place]];
  const [from, to] = [below?.labels.le ?? 0, bucket?.labels.le ?? Number.NaN].map(Number);
  const share = (rank - (below?.value ?? 0)) / ((bucket?.value ?? 0) - (below?.value ?? 0));
  return (from ?? 0) + ((to ?? 0) - (from ?? 0)) * share;
};

const memory = async (): Promise<number> => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What nobody has any more is found at once, and given back a little later.
  collect();
  await sleep(100);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Of one of many, each with a minute's calls. */
const bytesOf = async (make: () => Keeper, samples: Float64Array): Promise<number> => {
  const before = await memory();
  const all = Array.from({ length: minutes }, (_, minute) => {
    const one = make();
    one.record(samples.subarray(minute * callsAMinute, (minute + 1) * callsAMinute));
    return one;
  });
  const after = await memory();
  return (after - before) / all.length;
};

interface Datadog {
  readonly DDSketch: new (options: { readonly relativeAccuracy: number }) => {
    readonly accept: (value: number) => void;
    readonly getValueAtQuantile: (q: number) => number;
  };
}

interface Hdr {
  readonly initWebAssembly: () => Promise<void>;
  readonly build: (options: Readonly<Record<string, number | boolean>>) => {
    readonly recordValue: (value: number) => void;
    readonly getValueAtPercentile: (percentile: number) => number;
  };
}

interface Bucket {
  readonly value: number;
  readonly labels: { readonly le?: number | string };
}

interface PromClient {
  readonly Histogram: new (options: {
    readonly name: string;
    readonly help: string;
    readonly buckets: ReadonlyArray<number>;
    readonly registers: ReadonlyArray<never>;
  }) => {
    readonly observe: (value: number) => void;
    readonly get: () => Promise<{ readonly values: ReadonlyArray<Bucket> }>;
  };
}
