/** `sluice config validate`: every mistake in the files and the variables, at once. */
import * as Effect from "effect/Effect";
import { existsSync } from "node:fs";
import { failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { ConfigValidate } from "../results/config.ts";
import { projectFile, userFile } from "../settings/places.ts";
import { configMistakes } from "./mistakes.ts";

export const run = () =>
  Effect.gen(function* () {
    const output = yield* Output;
    const folder = process.cwd();
    const mistakes = configMistakes(process.env, folder);
    if (mistakes.length > 0) {
      return yield* failed("SLUICE-CONFIG", {
        message: mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`,
        lines: mistakes.map(({ where, message, fix = "" }) => `${where}  ${message}. ${fix}`.trimEnd()),
        fix: "Correct each; `sluice config path` names the files.",
        detail: { mistakes: mistakes.map(({ where, message, fix }) => ({ where, message, fix: fix ?? null })) },
      });
    }
    const files = [projectFile(folder), userFile(process.env)].filter((path) => path !== undefined && existsSync(path));
    const message = files.length === 0 ? "no file; the defaults hold" : `no mistake in ${files.join(" and ")}`;
    output.note(`${output.noteStyle.good("✔")} ${message}`);
    const result: ConfigValidate = { message, files: files as Array<string> };
    output.done(result);
  });
