/** The end of a file that may be long. */
import * as Effect from "effect/Effect";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import type { Folder } from "../../subject/Folder.ts";

export interface End {
  readonly text: string;
  /** Unix milliseconds. */
  readonly changedAt: number;
}

/** At most so many bytes; `file` from the folder's top, or absolute. `undefined`: there is none. */
export const endOfFile = (
  folder: Folder | undefined,
  file: string,
  mostBytes: number,
): Effect.Effect<End | undefined> =>
  Effect.promise(async () => {
    const handle = await open(resolve(folder?.path ?? "/", file)).catch(() => undefined);
    if (handle === undefined) return undefined;
    try {
      const { size, mtimeMs } = await handle.stat();
      const length = Math.min(size, mostBytes);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      return { text: buffer.toString("utf8", 0, bytesRead), changedAt: mtimeMs };
    } catch {
      return undefined;
    } finally {
      await handle.close();
    }
  });
