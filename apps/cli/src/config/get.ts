/** `sluice config get`. */
import * as Effect from "effect/Effect";
import type { GetInput } from "../commands/config.ts";
import { Output } from "../output/Output.ts";
import type { ConfigGet } from "../results/config.ts";
import { loadSettings } from "../settings/Settings.ts";
import { known } from "./known.ts";

export const run = ({ name: given }: GetInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const name = yield* known(given);
    const { text, origin } = (yield* loadSettings())[name];
    output.product(`${text ?? ""}\n`);
    const result: ConfigGet = {
      message: text === undefined ? `${name} is not set` : `${name} is ${text}`,
      setting: { name, value: text ?? null, from: origin.from, where: origin.where },
    };
    output.done(result);
  });
