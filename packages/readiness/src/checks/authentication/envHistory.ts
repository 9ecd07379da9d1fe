/** .env files that were committed once: whoever has a clone still has them. */
import * as Effect from "effect/Effect";
import type { Folder } from "../../subject/Folder.ts";
import type { Place } from "../Check.ts";
import { isEnvFile } from "./envFiles.ts";

/** Those that git's index has no more, each with its earliest commit. */
export const goneEnvFiles = (folder: Folder, tracked: ReadonlySet<string>): Effect.Effect<ReadonlyArray<Place>> =>
  Effect.map(
    folder.git(
      ...["-c", "core.quotePath=false", "log", "--all", "--no-renames", "--diff-filter=A", "--relative"],
      ...["--name-only", "--format=%x00%h, %cs", "--", ":(glob)**/.env", ":(glob)**/.env.*"],
    ),
    (printed = "") => {
      const found = new Map<string, Place>();
      // The newest commit comes first, and the earliest stays.
      for (const entry of printed.split("\0").slice(1)) {
        const [commit = "", ...files] = entry.split("\n").filter((line) => line !== "");
        for (const file of files.filter((one) => isEnvFile(one) && !tracked.has(one)))
          found.set(file, { file, message: `was committed (${commit})` });
      }
      return [...found.values()];
    },
  );
