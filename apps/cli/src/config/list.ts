/** `sluice config list`. */
import * as Effect from "effect/Effect";
import type { ListInput } from "../commands/config.ts";
import { keyOf } from "../credentials/keyOf.ts";
import { Output } from "../output/Output.ts";
import { table } from "../output/table.ts";
import type { ConfigList } from "../results/config.ts";
import { settingNames } from "../settings/definitions.ts";
import { loadSettings } from "../settings/Settings.ts";

export const run = ({ origin }: ListInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const settings = yield* loadSettings();
    const listed = settingNames.map((name) => {
      const { text, origin } = settings[name];
      return { name, value: text ?? null, from: origin.from, where: origin.where };
    });
    // A keychain that does not answer is no reason to show no settings.
    const key = yield* keyOf(settings).pipe(Effect.catch(() => Effect.succeed(undefined)));
    const rows = [
      ...listed.map(({ name, value, where }) => [name, value ?? "–", ...(origin ? [where] : [])]),
      ["api_key", key === undefined ? "–" : "(hidden)", ...(origin ? [key?.source ?? "–"] : [])],
    ];
    const columns = [{ title: "SETTING" }, { title: "VALUE" }, ...(origin ? [{ title: "FROM" }] : [])];
    output.product(table(columns, rows, output));
    const result: ConfigList = {
      message: `${listed.length} settings`,
      settings: listed,
      apiKey: { isSet: key !== undefined, source: key?.source ?? null },
    };
    output.done(result);
  });
