/** The keys that this machine knows, as the checks look at them. */
import type { KnownKey } from "@sluice/readiness";
import * as Effect from "effect/Effect";
import { knownKeys as everyKey } from "../../auth/knownKeys.ts";
import type { Failed } from "../../failures/Failed.ts";
import type { Settings } from "../../settings/Settings.ts";

/** One that cannot be read is known all the same. All are asked for at once: a keychain that says nothing costs its patience once. */
export const knownKeys = (settings: Settings): Effect.Effect<ReadonlyArray<KnownKey>, Failed> =>
  Effect.flatMap(everyKey(settings), (keys) =>
    Effect.forEach(
      keys,
      ({ gateway, baseUrl, source, where, added, kind, key }) =>
        Effect.map(Effect.option(key), (read): KnownKey => {
          const isStored = source !== "variable";
          return {
            name: isStored ? gateway : where,
            ...(isStored ? { gateway } : {}),
            ...(isStored && baseUrl !== undefined ? { baseUrl } : {}),
            ...(added === undefined ? {} : { since: Date.parse(added) }),
            ...(kind === undefined ? {} : { kind }),
            ...(read._tag === "Some" ? { key: read.value } : {}),
          };
        }),
      { concurrency: "unbounded" },
    ),
  );
