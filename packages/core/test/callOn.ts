/** A default client's call on an emulator, in virtual time; what it gave, and what the emulator saw. */
import {
  type CallOptions,
  GatewayClient,
  type GatewayClientSettings,
  type GatewayError,
  type TextToImageInput,
} from "@sluice/core/effect";
import { type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { passTime, Watch } from "./passTime.ts";

export const fox: TextToImageInput = { prompt: "a red fox", seed: 7 };

export interface Scene {
  readonly emulator?: EmulatorSettings;
  readonly input?: TextToImageInput;
  readonly options?: CallOptions;
  /** Given the emulator's URL. */
  readonly settings?: (url: string) => GatewayClientSettings;
}

export const callOn = ({ emulator: setting = {}, input = fox, options = {}, settings }: Scene) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator(setting);
    const watch = new Watch();
    const call = GatewayClient.use((client) => client.textToImage(input, options)).pipe(
      Effect.provide(
        GatewayClient.layer({ gateway: emulator.url, onEvent: watch.observe, ...settings?.(emulator.url) }),
      ),
    );
    const exit = yield* passTime(call, watch, emulator);
    return { exit, emulator, journal: emulator.journal(), events: watch.events };
  });

/** The typed error of a failed call; dies when the call did not fail with one. */
export const errorOf = <A>(exit: Exit.Exit<A, GatewayError>): GatewayError => {
  if (Exit.isSuccess(exit)) throw new Error("the call succeeded");
  return Cause.squash(exit.cause) as GatewayError;
};
