/** `sluice config unset`. What is no setting can be taken out as well: that is how a file is mended. */
import * as Effect from "effect/Effect";
import type { UnsetInput } from "../commands/config.ts";
import { Output } from "../output/Output.ts";
import type { ConfigUnset } from "../results/config.ts";
import { isSettingName } from "../settings/names.ts";
import { changeFile } from "./changeFile.ts";
import { chooseFile } from "./chooseFile.ts";
import { known } from "./known.ts";

export const run = ({ name, user, project, dryRun }: UnsetInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const chosen = chooseFile(name, { user, project, userOnly: false, env: process.env, folder: process.cwd() });
    if ("_tag" in chosen) return yield* chosen;
    const { path } = chosen;
    const edited = changeFile({ path, name, value: undefined }, dryRun);
    if (edited === undefined && !isSettingName(name)) yield* known(name);
    if (edited !== undefined && "_tag" in edited) return yield* edited;
    const message =
      edited === undefined
        ? `${path} does not set ${name}`
        : `${path}:${edited.line} ${dryRun ? "would lose" : "lost"} ${name} = ${edited.previous ?? ""}`;
    const { good, dim } = output.noteStyle;
    output.note(`${edited === undefined || dryRun ? dim("–") : good("✔")} ${message}`);
    const result: ConfigUnset = {
      message,
      ...{ setting: name, previous: edited?.previous ?? null, path, changed: edited !== undefined, dryRun },
    };
    output.done(result);
  });
