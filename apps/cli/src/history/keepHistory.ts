/** The record of calls, open as long as a command runs. */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { Settings } from "../settings/Settings.ts";
import { type History, openHistory } from "./openHistory.ts";

export const keepHistory = (settings: Settings): Effect.Effect<History, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => openHistory(settings)),
    (history) => Effect.promise(() => history.close()),
  );
