/** `sluice init`. */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { InitInput } from "../commands/init.ts";
import { failed } from "../failures/Failed.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import { shellQuoted } from "../output/shellQuoted.ts";
import type { Init } from "../results/init.ts";
import { projectFileName } from "../settings/places.ts";
import { chooseGateway } from "./chooseGateway.ts";
import { planFiles, type PlannedFile } from "./plan.ts";
import type { Chosen } from "./settingsFile.ts";

export const run = ({ gateway: given, force, ci, dryRun }: InitInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const folder = process.cwd();
    const chosen: Chosen & { readonly gateway: string } = yield* chooseGateway(given, output);
    const files = yield* attempt(folder, () => planFiles(folder, chosen, { force, ci }));
    if (!dryRun) yield* attempt(folder, () => files.forEach((file) => write(folder, file)));
    for (const file of files) output.product(`${lineOf(file, dryRun, output)}\n`);
    const isKept = files.some(({ path, action }) => path === projectFileName && action === "kept");
    // What was asked for is in no file then.
    const set = isKept && Option.isSome(given) ? [`sluice config set gateway ${shellQuoted(chosen.gateway)}`] : [];
    const next = [...set, ...nextCommands(chosen.gateway)];
    output.note(`\nnext  ${next.map((command) => output.noteStyle.accent(command)).join("\n      ")}`);
    const changed = files.filter(({ content }) => content !== undefined).length;
    const result: Init = {
      message: `${changed} of ${files.length} files ${dryRun ? "would be written" : "written"}, for ${chosen.gateway}`,
      gateway: chosen.gateway,
      dryRun,
      files: files.map(({ path, action }) => ({ path, action })),
      next,
    };
    output.done(result);
  });

const attempt = <A>(folder: string, work: () => A) =>
  Effect.try({
    try: work,
    catch: (error) => {
      const { message, path } = error as NodeJS.ErrnoException;
      const place = path === undefined ? folder : dirname(path);
      return failed("SLUICE-USAGE", { message, fix: `Make ${place} a folder that you may write to.` });
    },
  });

const write = (folder: string, { path, content, action }: PlannedFile): void => {
  if (content === undefined) return;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  // What appeared meanwhile is not overwritten either.
  writeFileSync(join(folder, path), content, { flag: action === "written" ? "wx" : "w" });
};

const words: Readonly<Record<PlannedFile["action"], readonly [done: string, would: string]>> = {
  written: ["wrote", "would write"],
  replaced: ["replaced", "would replace"],
  extended: ["added to", "would add to"],
  kept: ["kept", "would keep"],
};

const lineOf = ({ path, action }: PlannedFile, dryRun: boolean, { style }: OutputShape): string => {
  const [done, would] = words[action];
  const word = dryRun ? would.padEnd(13) : done.padEnd(8);
  return `${action === "kept" || dryRun ? style.dim("–") : style.good("✔")} ${word}  ${path}`;
};

const nextCommands = (gateway: string): Array<string> => [
  ...(gateway === "livepeer-studio" ? ["sluice auth login -g livepeer-studio"] : []),
  ...(gateway === "emulator" ? ["sluice serve"] : []),
  "sluice doctor",
  'sluice generate text-to-image "a red fox in snow"',
  "sluice launch check",
  "sluice launch drill --help",
];
