/** What the code of an application is at a time, to see later whether it is still the same. */
import * as Effect from "effect/Effect";
import { createHash } from "node:crypto";
import type { Folder } from "./Folder.ts";
import { isNotProduction } from "./notProduction.ts";

const code = /\.([cm]?[jt]sx?|py|go|rb|php|java|kt|rs|cs|swift|ex|exs|scala|vue|svelte|sh|c|cc|cpp|lua)$/;

/** Several checks ask, and a folder has many files. */
const known = new WeakMap<Folder, string>();

/** SHA-256 of all files of code that are no tests, with their paths, as they are on disk: committed or not. */
export const codeDigest = (folder: Folder): Effect.Effect<string> =>
  Effect.gen(function* () {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const hash = createHash("sha256");
    for (const file of yield* folder.files) {
      if (!code.test(file) || isNotProduction(file)) continue;
      hash.update(`${file}\0${(yield* folder.text(file)) ?? ""}\0`);
    }
    const digest = hash.digest("hex");
    known.set(folder, digest);
    return digest;
  });
