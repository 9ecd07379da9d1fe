/**
 * Tells when a file of settings has changed. It looks every few seconds, because a mounted secret changes by a link that is
 * put in another's place, which watchers of files do not see.
 */
import { unwatchFile, watchFile } from "node:fs";

const everyMs = 2_000;

/** Gives back how to stop. It does not keep the process alive. */
export const watchFiles = (paths: ReadonlyArray<string>, changed: () => void): (() => void) => {
  const stops = paths.map((path) => {
    const listener = (now: { readonly mtimeMs: number }, before: { readonly mtimeMs: number }): void => {
      if (now.mtimeMs !== before.mtimeMs) changed();
    };
    watchFile(path, { interval: everyMs, persistent: false }, listener);
    return () => {
      unwatchFile(path, listener);
    };
  });
  return () => {
    for (const stop of stops) stop();
  };
};
