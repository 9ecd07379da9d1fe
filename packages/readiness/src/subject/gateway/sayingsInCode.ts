/** Source code that has the address of a known gateway written into it. */
import { livepeerCloud, livepeerStudio } from "@sluice/models";
import * as Effect from "effect/Effect";
import type { Folder } from "../Folder.ts";
import { type GatewaySaying, sayingOf } from "./GatewaySaying.ts";
import { isNotProduction } from "../notProduction.ts";

const code = /\.([cm]?[jt]sx?|py|go|rb|php|java|kt|rs|cs|swift|ex|exs|scala|vue|svelte|sh)$/;
/** Where a comment begins on a line: after a space, for an address has slashes too. */
const slashes = /(^|\s)(\/\/|\/\*|<!--).*$|^\s*(\*|--).*$/;
const hashes = /(^|\s)#.*$/;
const hashed = /\.(py|rb|php|sh|exs?)$/;
/** Texts of several lines that document Python. */
const docstrings = /^[ \t]*[rR]?("""|''')[^]*?\1/gm;

const known = [
  { pattern: new RegExp(escaped(new URL(livepeerCloud.baseUrl).hostname)), gatewayUrl: livepeerCloud.baseUrl },
  {
    pattern: new RegExp(`${escaped(new URL(livepeerStudio.baseUrl).hostname)}/api/(beta/)?generate`),
    gatewayUrl: livepeerStudio.baseUrl,
  },
];

function escaped(text: string): string {
  return text.replaceAll(".", String.raw`\.`);
}

export const sayingsInCode = (folder: Folder): Effect.Effect<ReadonlyArray<GatewaySaying>> =>
  Effect.flatMap(folder.files, (files) =>
    Effect.map(
      Effect.forEach(
        files.filter((file) => code.test(file) && !isNotProduction(file)),
        (file) => Effect.map(folder.text(file), (text = "") => sayingsIn(file, text)),
        { concurrency: 8 },
      ),
      (all) => all.flat(),
    ),
  );

const sayingsIn = (file: string, text: string): ReadonlyArray<GatewaySaying> => {
  if (!known.some(({ pattern }) => pattern.test(text))) return [];
  const spoken = file.endsWith(".py") ? text.replaceAll(docstrings, (all) => all.replaceAll(/[^\n]/g, "")) : text;
  const comment = hashed.test(file) ? hashes : slashes;
  return spoken
    .split("\n")
    .flatMap((line, at) =>
      known
        .filter(({ pattern }) => pattern.test(line.replace(comment, "")))
        .map(({ gatewayUrl }) =>
          sayingOf({ source: "code", from: `${file}:${at + 1}`, place: { file, line: at + 1 } }, { gatewayUrl }),
        ),
    );
};
