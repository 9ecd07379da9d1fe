/** The emulator for programs that use promises. */
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Scope from "effect/Scope";
import { type Emulator, make } from "./Emulator.ts";
import type { EmulatorSettings } from "./Settings.ts";

export interface RunningEmulator extends Emulator, AsyncDisposable {
  /** Ends it; requests that it holds are dropped. */
  readonly close: () => Promise<void>;
}

export const startEmulator = async (settings: EmulatorSettings = {}): Promise<RunningEmulator> => {
  const scope = Scope.makeUnsafe();
  const closing = Scope.close(scope, Exit.void);
  const emulator = await Effect.runPromise(Effect.onError(Scope.provide(make(settings), scope), () => closing));
  const close = () => Effect.runPromise(closing);
  return { ...emulator, close, [Symbol.asyncDispose]: close };
};
