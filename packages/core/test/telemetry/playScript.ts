/** Calls by a script, against the emulator on the virtual clock, as many at a time as the script wants. */
import { type CallEvent, GatewayClient, type GatewayClientSettings } from "@sluice/core/effect";
import { type Emulator, type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Random from "effect/Random";
import { TestClock } from "effect/testing";

export interface Scripted {
  /** When the call is made, in milliseconds since the start. */
  readonly at: number;
  readonly model: string;
}

export interface Script {
  readonly calls: ReadonlyArray<Scripted>;
  readonly emulator: EmulatorSettings;
  readonly client?: GatewayClientSettings;
  readonly onEvent: (event: CallEvent) => void;
}

/** Plays it to the end of its last call. */
export const play = ({ calls, emulator: settings, client, onEvent }: Script) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator(settings);
    let underWay = 0;
    const observe = (event: CallEvent): void => {
      if (event.type === "attempt-started") underWay += 1;
      if (event.type === "attempt-ended") underWay -= 1;
      onEvent(event);
    };
    const layer = GatewayClient.layer({
      gateway: "go-livepeer",
      gatewayUrl: emulator.url,
      ...client,
      onEvent: observe,
    });
    const all = Effect.forEach(calls, ({ at, model }) => Effect.exit(Effect.delay(call(model), at)), {
      concurrency: "unbounded",
      discard: true,
    });
    const fiber = yield* Effect.forkChild(Effect.provide(all, layer).pipe(Random.withSeed("a script")));
    while (fiber.pollUnsafe() === undefined) {
      yield* turn;
      if (underWay === heldBy(emulator)) yield* TestClock.adjust("200 millis");
    }
    yield* Fiber.join(fiber);
    return emulator;
  });

const call = (model_id: string) => GatewayClient.use((client) => client.textToImage({ prompt: "a red fox", model_id }));

/** How many requests the emulator keeps: then bytes are on no way, and time alone can bring news. */
const heldBy = (emulator: Emulator): number =>
  emulator.journal().filter(({ end, body }) => end === "open" && body !== undefined).length;

const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)));
