/** The keys that this machine knows, and that must therefore stand nowhere else. */
import * as Effect from "effect/Effect";
import type { NamedKey } from "@sluice/readiness/scan";
import { knownKeys as everyKey } from "../../auth/knownKeys.ts";
import type { Failed } from "../../failures/Failed.ts";
import type { Settings } from "../../settings/Settings.ts";

export interface KnownKeys {
  /** Each under the variable it is in, or the gateway it is stored for. */
  readonly known: ReadonlyArray<NamedKey>;
  /** Why a stored key could not be read; it is not looked for. */
  readonly unread: ReadonlyArray<string>;
}

export const knownKeys = (settings: Settings): Effect.Effect<KnownKeys, Failed> =>
  Effect.gen(function* () {
    const read = yield* Effect.forEach(yield* everyKey(settings), ({ source, where, gateway, key }) =>
      Effect.result(Effect.map(key, (key) => ({ name: source === "variable" ? where : gateway, key }))),
    );
    return {
      known: read.flatMap((one) => (one._tag === "Success" ? [one.success] : [])),
      unread: read.flatMap((one) => (one._tag === "Failure" ? [one.failure.message] : [])),
    };
  });
