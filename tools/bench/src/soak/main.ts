/**
 * `npm run soak -- [--minutes 5] [--rate 50] [--json]`: the service under a steady load in front of a gateway that fails now
 * and then. It exits with 1 when what the service holds does not stay flat, or a request went without its answer.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSluice } from "../proxying/sluice.ts";
import { fewest, judge, type Verdict } from "./judge.ts";
import { startService } from "./service.ts";
import { soak } from "./soak.ts";
import { Tally } from "./Tally.ts";

const usage = "usage: npm run soak -- [--minutes 5] [--rate 50] [--json]\n";

const options = () => {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: "string", default: "5" },
        rate: { type: "string", default: "50" },
        json: { type: "boolean", default: false },
      },
    });
    const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
    return minutes > 0 && rate > 0 ? { minutes, rate, json: values.json } : undefined;
  } catch {
    return undefined;
  }
};

const lineOf = ({ series, early, late, allowed, perHour, isFlat }: Verdict): string => {
  const cells = [early, late, allowed, perHour].map((value) => value.toFixed(0).padStart(14));
  return `${series.padEnd(12)}${cells.join("")}  ${isFlat ? "flat" : "RISES"}\n`;
};

const run = async ({ minutes, rate, json }: NonNullable<ReturnType<typeof options>>): Promise<boolean> => {
  // The service ends with this process, also when it is told to end.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  buildSluice();
  const emulator = fork(join(import.meta.dirname, "emulator.ts"));
  const [gateway] = (await once(emulator, "message")) as [string];
  const service = await startService(gateway);
  const tally = new Tally();
  const { samples, warnings } = await soak(service, { minutes, rate }, tally);
  const kept = await service.letGo();
  const { code, written } = await service.end();
  emulator.disconnect();

  const isShort = samples.length < fewest;
  const verdicts = isShort ? [] : judge(samples);
  const complaints = [
    ...(isShort
      ? [`${samples.length} quiet moments show nothing: run it for longer, so that there are ${fewest}`]
      : []),
    ...verdicts.filter(({ isFlat }) => !isFlat).map(({ series }) => `${series} of the service rise`),
    ...tally.complaints,
    ...(kept === 0 ? [] : [`${kept} connections to the gateway were still open, long after the last request`]),
    ...warnings.map((warning) => `Node warned: ${warning}`),
    ...(code === 0
      ? []
      : [`told to end, the service ended with ${String(code)}. The end of what it wrote:\n${written}`]),
  ];
  // With `--json`, stdout carries the object alone.
  const out = json ? process.stderr : process.stdout;
  const headings = ["2nd quarter", "last quarter", "allowed", "an hour"].map((text) => text.padStart(14)).join("");
  out.write(`\n${" ".repeat(12)}${headings}\n${verdicts.map(lineOf).join("")}\n`);
  out.write(`${tally.total} requests: ${JSON.stringify(tally.counts, null, 1)}\n`);
  out.write(complaints.length === 0 ? "flat, and every request answered\n" : `${complaints.join("\n")}\n`);
  if (json) {
    const { counts, total } = tally;
    process.stdout.write(
      `${JSON.stringify({ soak: { minutes, rate }, total, ...counts, verdicts, samples, complaints })}\n`,
    );
  }
  return complaints.length === 0;
};

const given = options();
if (given === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else process.exitCode = (await run(given)) ? 0 : 1;
