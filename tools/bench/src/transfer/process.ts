/** One client in a new process: what its memory grows by while it does a job many times at once. Run by `fork`. */
import { downloaders } from "./downloaders.ts";
import { peakBytes } from "./peakBytes.ts";
import { uploaders } from "./uploaders.ts";

/** Does the job once: with a file of the given path, to be read or written. */
export type Job = (path: string) => Promise<unknown>;

const makers: Readonly<Record<string, (origin: string) => Promise<Job>>> = { ...uploaders, ...downloaders };

const [name = "", origin = "", times = "0", big = "", small = ""] = process.argv.slice(2);
const make = makers[name];
if (make === undefined) throw new Error(`no client is called ${name}`);
const job = await make(origin);
// What is loaded at the first call is no cost of the others.
await job(small);
const before = process.memoryUsage.rss();
await Promise.all(Array.from({ length: Number(times) }, (_, index) => job(big.replace("#", String(index)))));
process.send?.((peakBytes() - before) / 1_000_000, () => process.exit());
