/** `sluice demo`: a call as any other, on an emulator that is there for it alone. */
import { makeEmulator } from "@sluice/emulator";
import { defaultModel } from "@sluice/models/facts";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { DemoInput } from "../commands/demo.ts";
import { formatDuration } from "../duration.ts";
import { Output } from "../output/Output.ts";
import { loadSettings } from "../settings/Settings.ts";
import { runWith } from "./media.ts";

export const run = ({ output: path, cold: loadMs, preview }: DemoInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const models = { [defaultModel("text-to-image")]: { state: "cold", loadMs, meanwhile: "503" } } as const;
    const emulator = yield* Effect.orDie(makeEmulator({ latencyMs: 900, models }));
    output.note(
      `▶ a gateway emulator at ${emulator.url}; its model is cold and needs ${formatDuration(loadMs)} to load`,
    );
    const loaded = yield* loadSettings({ gateway: Option.some(emulator.url), preview });
    // Nobody is billed: limits are for calls that count, and so is the record of them.
    const settings = {
      ...loaded,
      gateway_url: { ...loaded.gateway_url, value: undefined },
      max_cost: { ...loaded.max_cost, value: undefined },
      history: { ...loaded.history, value: false },
    };
    const none = { gateway: Option.none(), timeout: Option.none(), maxCost: Option.none() };
    const input = { prompt: "a red fox in snow at sunset", seed: 7 };
    yield* runWith({ pipeline: "text-to-image", input, output: path, ...none, yes: true, dryRun: false }, settings);
  }).pipe(Effect.scoped);
