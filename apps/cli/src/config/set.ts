/** `sluice config set`. */
import * as Effect from "effect/Effect";
import type { SetInput } from "../commands/config.ts";
import { failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { ConfigSet } from "../results/config.ts";
import { definitionOf } from "../settings/definitions.ts";
import { mistakeInValue } from "../settings/mistakeInValue.ts";
import { changeFile } from "./changeFile.ts";
import { chooseFile } from "./chooseFile.ts";
import { known } from "./known.ts";
import { winnerOver } from "./winnerOver.ts";
import { tomlValue } from "./toml.ts";

export const run = ({ name: given, value, user, project, dryRun }: SetInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const name = yield* known(given);
    const mistake = mistakeInValue(name, value);
    if (mistake !== undefined) {
      const fix = `${name}: ${definitionOf(name).about}.`;
      return yield* failed("SLUICE-USAGE", { message: `${name}: ${mistake}`, fix });
    }
    const { env } = process;
    const userOnly = definitionOf(name).userOnly === true;
    const chosen = chooseFile(name, { user, project, userOnly, env, folder: process.cwd() });
    if ("_tag" in chosen) return yield* chosen;
    const { path } = chosen;
    const edited = changeFile({ path, name, value }, dryRun);
    if (edited === undefined || "_tag" in edited) return yield* edited ?? Effect.die("nothing was set");
    const { previous, line } = edited;
    const written = tomlValue(value);
    const isChanged = previous !== written;
    const was = previous === undefined ? "" : `, instead of ${previous}`;
    const verb = isChanged ? (dryRun ? "would write" : "wrote") : "already has";
    const message = `${path}:${line} ${verb} ${name} = ${written}${isChanged ? was : ""}`;
    output.note(`${output.noteStyle.good(dryRun ? "–" : "✔")} ${message}`);
    const winner = winnerOver(name, chosen, env);
    if (winner !== undefined) output.note(`${output.noteStyle.warn("!")} ${winner} sets it as well, and wins`);
    const result: ConfigSet = {
      message,
      ...{ setting: name, value, previous: previous ?? null, path, line, changed: isChanged, dryRun },
      overriddenBy: winner ?? null,
    };
    output.done(result);
  });
