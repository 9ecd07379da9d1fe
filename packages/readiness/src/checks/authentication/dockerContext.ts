/** Whether an image gets the .env files that lie beside its sources: a COPY of everything, and nothing that leaves them out. */
import * as Effect from "effect/Effect";
import { matcherOf } from "../../scan/tree/globs.ts";
import type { Folder } from "../../subject/Folder.ts";
import type { Place } from "../Check.ts";

const dockerfile = /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[^/]+)?|[^/]+\.(?:Dockerfile|Containerfile))$/i;

/** The lines that copy too much. */
export const imagesWithEnv = (folder: Folder): Effect.Effect<ReadonlyArray<Place>> =>
  Effect.gen(function* () {
    const files = yield* folder.files;
    const places: Array<Place> = [];
    for (const file of files.filter((one) => dockerfile.test(one) && !one.endsWith(".dockerignore"))) {
      const line = lineThatCopiesAll((yield* folder.text(file)) ?? "");
      if (line === undefined) continue;
      // The context is a matter of the command line: the Dockerfile's folder, or the top.
      const own = file.slice(0, file.lastIndexOf("/") + 1);
      const candidates = [`${file}.dockerignore`, `${own}.dockerignore`, ".dockerignore"];
      const ignored = yield* Effect.forEach(candidates, (one) => folder.text(one));
      const rules = ignored.find((text) => text !== undefined);
      if (rules === undefined || !leavesOut(rules, ".env"))
        places.push({ file, line, message: "copies everything, .env files too" });
    }
    return places;
  });

/** From 1. Of an earlier stage, there is no context. */
const lineThatCopiesAll = (text: string): number | undefined => {
  const at = text
    .split("\n")
    .findIndex((line) => /^\s*(?:COPY|ADD)\s+(?!.*--from)(?:--\S+\s+)*(?:\[\s*"\.\/?"\s*,|\.\/?\s)/i.test(line));
  return at === -1 ? undefined : at + 1;
};

/** The last rule that speaks of it decides. */
const leavesOut = (rules: string, path: string): boolean =>
  rules
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .reduce((isOut, line) => {
      const isException = line.startsWith("!");
      const pattern = line.replace(/^!/, "").replace(/^\//, "");
      return matcherOf([pattern])(path) ? !isException : isOut;
    }, false);
