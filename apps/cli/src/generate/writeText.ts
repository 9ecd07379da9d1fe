/** What was made here, on disk. */
import * as Effect from "effect/Effect";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Failed, failed } from "../failures/Failed.ts";
import type { Wanted } from "../output/reserve.ts";

export const writeText = (path: string, content: string | Uint8Array): Effect.Effect<void, Failed> =>
  Effect.tryPromise({
    try: async () => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    },
    catch: (cause) => notWritten({ path }, cause),
  });

export const notWritten = (wanted: Wanted, cause: unknown): Failed => {
  const path = "path" in wanted ? wanted.path : `${wanted.stem}${wanted.extension}`;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failed("SLUICE-FILE", { message: `${path} could not be written: ${reason}` });
};
