/**
 * The service on the `TestClock`, in front of an emulator on the same one: an hour of retries takes milliseconds.
 *
 * Bytes need real turns of the event loop, so time moves only while nothing else can: the client waits for its next
 * attempt, or the emulator holds its request.
 */
import { type CallEvent, GatewayClient, type GatewayClientSettings } from "@sluice/core/effect";
import { type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import { TestClock } from "effect/testing";
import { pino } from "pino";
import { openService } from "../src/Service.ts";
import { upstreamOf } from "../src/Upstream.ts";
import { generation, settingsOf } from "./serve.ts";

export interface Scene {
  readonly behind?: EmulatorSettings;
  /** Given the emulator's URL. */
  readonly settings?: (url: string) => GatewayClientSettings;
}

const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)));

/** The answer to one request for an image, and what the emulator saw. */
export const askInVirtualTime = ({ behind = {}, settings = () => ({}) }: Scene) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator(behind);
    let last: CallEvent["type"] | undefined;
    const onEvent = ({ type }: CallEvent) => {
      last = type;
    };
    const layer = GatewayClient.layer({ gateway: emulator.url, ...settings(emulator.url), onEvent });
    const client = Context.get(yield* Layer.build(layer), GatewayClient);
    const context = yield* Effect.context();
    const run = Effect.runPromiseExitWith(context);
    const runPromise = Effect.runPromiseWith(context);
    const upstream = upstreamOf(client, {
      exit: (effect, signal) => run(effect, { signal }),
      promise: (effect, signal) => runPromise(effect, { signal }),
      close: () => Promise.resolve(),
    });
    const logger = pino({ level: "silent" });
    const own = settingsOf({ admin: { port: 0 }, media: { store: "off" } });
    const { app } = yield* Effect.promise(() => openService(own, () => Promise.resolve(upstream), logger));

    const isStalled = () => {
      const asked = emulator.journal().at(-1);
      return last === "waiting" || (last === "attempt-started" && asked?.end === "open" && asked.body !== undefined);
    };
    const fiber = yield* Effect.forkChild(Effect.promise(async () => app.inject(generation())));
    while (fiber.pollUnsafe() === undefined) {
      yield* turn;
      if (isStalled()) yield* TestClock.adjust("100 millis");
    }
    return { answer: yield* Fiber.join(fiber), journal: emulator.journal() };
  });
