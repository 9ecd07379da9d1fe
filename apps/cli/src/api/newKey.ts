/** `sluice api key new`. */
import { newKey } from "@sluice/api/program";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { NewKeyInput } from "../commands/api.ts";
import { failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { ApiKeyNew } from "../results/api.ts";

export const run = ({ name, test }: NewKeyInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const { key, toml, json } = yield* Effect.try({
      try: () => newKey({ name: Option.getOrUndefined(name), env: test ? "test" : "live" }),
      catch: (error) => failed("SLUICE-USAGE", { message: error instanceof Error ? error.message : String(error) }),
    });
    output.product(`${key}\n\n${toml}`);
    const made = JSON.parse(json) as Omit<ApiKeyNew, "message">;
    output.done({ message: `a key for ${made.name}; it is shown this once`, ...made } satisfies ApiKeyNew);
  });
