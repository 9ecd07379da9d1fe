/** Weighs a client in a process of its own, in megabytes. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Place {
  readonly origin: string;
  /** Of the files, with `#` for the number of the job; and of one for the first, unmeasured call. */
  readonly big: string;
  readonly small: string;
}

/**
 * glibc keeps what was freed in an arena of the thread that took it. Which thread frees a buffer is chance; that made some
 * 20 MB of difference between two runs of any client.
 */
const env = { ...process.env, MALLOC_ARENA_MAX: "1" };

export const weigher = (name: string, { origin, big, small }: Place) => ({
  name,
  weigh: async (times: number): Promise<number> => {
    const child = fork(join(import.meta.dirname, "process.ts"), [name, origin, String(times), big, small], { env });
    const ended = once(child, "exit").then(() => {
      throw new Error(`${name} ended without a figure`);
    });
    const [megabytes] = (await Promise.race([once(child, "message"), ended])) as [number];
    ended.catch(() => undefined);
    return megabytes;
  },
});

/** Runs the server; gives its origins, of the quick and of the slow reader, and how to end it. */
export const serve = async () => {
  const server = fork(join(import.meta.dirname, "server.ts"));
  const [[quick, slow]] = (await once(server, "message")) as [[string, string]];
  return { quick, slow, stop: () => server.disconnect() };
};
