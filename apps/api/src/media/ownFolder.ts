/**
 * A private folder of this process, which goes with it. The folder's time says that its process lives: it is set anew each
 * minute. What a process left that was killed is removed by another, an hour later at the earliest. A process id would not tell them apart: each container has a process 1, and several may share a disk.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, rmdirSync } from "node:fs";
import { lstat, mkdir, readdir, rm, utimes } from "node:fs/promises";
import { join } from "node:path";

export interface OwnFolder {
  readonly path: string;
  /** Removes it. */
  readonly close: () => Promise<void>;
}

/** Does something again and again, and gives back how to stop. */
export type Each = (job: () => Promise<void>) => () => void;

const beatMs = 60_000;

/** As long as a replica may be held still, or hosts that share a disk may differ on the time. */
const silentMs = 3_600_000;

const eachBeat: Each = (job) => {
  const timer = setInterval(() => void job(), beatMs).unref();
  return () => {
    clearInterval(timer);
  };
};

/** Nobody else may look into it. */
const mode = 0o700;

const isOurs = (name: string): boolean => /^sluice-(api|media)-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(name);

const makeIn = (parent: string, kind: "api" | "media"): string => {
  const path = join(parent, `sluice-${kind}-${randomUUID()}`);
  mkdirSync(path, { mode });
  return path;
};

export interface Time {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly each: Each;
}

/** Throws when it cannot be made. */
export const openOwnFolder = (
  parent: string,
  kind: "api" | "media",
  { now, each }: Time = { now: Date.now, each: eachBeat },
): OwnFolder => {
  const path = makeIn(parent, kind);
  let alive = now();
  const beat = async (): Promise<void> => {
    const before = alive;
    alive = now();
    // Whoever was held still for longer finds it gone.
    await mkdir(path, { mode }).catch(() => undefined);
    await utimes(path, new Date(alive), new Date(alive));
    // As of the beat before: on a machine that slept, all have been silent for as long.
    await removeOlder(parent, before - silentMs);
  };
  let last = Promise.resolve();
  // Not at once: after a machine has slept, those that live need a minute to say so.
  const stop = each(() => {
    last = last.then(beat).catch(() => undefined);
    return last;
  });
  return {
    path,
    close: async () => {
      stop();
      await last;
      await rm(path, { recursive: true, force: true });
    },
  };
};

/** Why no folder can be made there, such as `EACCES`; `undefined` where one can. */
export const unwritable = (parent: string): string | undefined => {
  try {
    rmdirSync(makeIn(parent, "media"));
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "no reason known";
  }
};

/** `time`: in Unix milliseconds. What another user's process left is not ours to remove. */
const removeOlder = async (parent: string, time: number): Promise<void> => {
  for (const name of (await readdir(parent)).filter(isOurs)) {
    const path = join(parent, name);
    try {
      const { mtimeMs, uid } = await lstat(path);
      if (mtimeMs < time && uid === (process.getuid?.() ?? uid)) await rm(path, { recursive: true, force: true });
    } catch {
      // Another process removes it too, or this one may not: there is a next time.
    }
  }
};
