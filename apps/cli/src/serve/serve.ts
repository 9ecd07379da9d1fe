/** `sluice serve`. */
import { defaultModel } from "@sluice/models/facts";
import { type Emulator, type Fault, makeEmulator, type ModelBehaviour, parseFault } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ServeInput } from "../commands/serve.ts";
import { formatDuration } from "../duration.ts";
import { type Failed, failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { Serve, ServeEvent } from "../results/serve.ts";
import { served, tryLine } from "./dialects.ts";
import { notStarted } from "./notStarted.ts";

export const run = ({ port, cold, meanwhile, latency, faults: written, seed, dialect }: ServeInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const faults = yield* parseFaults(written);
    const model = defaultModel("text-to-image");
    const behaviour: ModelBehaviour = Option.isSome(cold)
      ? { state: "cold", loadMs: cold.value, meanwhile }
      : { state: "warm" };
    const state = Option.isSome(cold) ? `cold (${meanwhile} for ${formatDuration(cold.value)})` : "warm";
    const emulator = yield* makeEmulator({
      ...{ port, faults, seed, dialect, latencyMs: latency },
      models: { [model]: behaviour },
    }).pipe(Effect.catchTag("EmulatorNotStarted", (error) => Effect.fail(notStarted(error, port))));
    const { url } = emulator;
    const journal = new URL("/__emulator/journal", url).href;
    output.note(
      [
        `▶ emulator ${url}   ${served[dialect]}`,
        `  ${model} is ${state}`,
        `  try      ${tryLine(dialect, url)}`,
        `  journal  curl ${journal}      stop  Ctrl-C`,
      ].join("\n"),
    );
    const event: ServeEvent = { type: "listening", url, dialect, journal, model, state: behaviour.state };
    output.event(event);
    yield* Effect.onInterrupt(Effect.never, () => Effect.sync(() => output.done(summary(emulator))));
  }).pipe(Effect.scoped);

const parseFaults = (written: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<Fault>, Failed> =>
  Effect.try({
    try: () => written.map(parseFault),
    catch: (error) =>
      failed("SLUICE-USAGE", {
        message: `--fault: ${error instanceof Error ? error.message : String(error)}`,
        fix: "See `sluice serve --help`.",
      }),
  });

const summary = ({ url, journal }: Emulator): Serve => {
  const requests = journal().length;
  return { message: `served ${requests} ${requests === 1 ? "request" : "requests"}`, url, requests };
};
