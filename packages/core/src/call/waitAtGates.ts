/** A call's wait for news of models that are cold, or may be. */
import type { ColdOrNoCapacity } from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { ColdGate } from "../routes/ColdGate.ts";

/** It may go so many milliseconds from now; or the model was found cold. */
export type News = { readonly afterMs: number } | { readonly error: ColdOrNoCapacity };

const nothing: News = { afterMs: 0 };

/**
 * Ends when one of the models answers, and after so many milliseconds at the latest; then it gives how many milliseconds
 * later the call may go.
 */
export const waitToGo = (call: object, gates: ReadonlyArray<ColdGate>, mostMs: number): Effect.Effect<number> =>
  // One may have answered since it was found cold.
  gates.every(({ isCold }) => isCold)
    ? Effect.map(waitAt(call, gates, mostMs, false), (news) => ("afterMs" in news ? news.afterMs : 0))
    : Effect.succeed(0);

/** Ends as well when the model is found cold. */
export const waitToKnow = (call: object, gate: ColdGate, mostMs: number): Effect.Effect<News> =>
  waitAt(call, [gate], mostMs, true);

const waitAt = (
  call: object,
  gates: ReadonlyArray<ColdGate>,
  mostMs: number,
  wantsToKnow: boolean,
): Effect.Effect<News> => {
  const news = Effect.callback<News>((resume) => {
    const told = (one: News) => {
      stop();
      resume(Effect.succeed(one));
    };
    const go = (afterMs: number) => {
      told({ afterMs });
    };
    const isCold = (error: ColdOrNoCapacity) => {
      told({ error });
    };
    const stops = gates.map((gate) => gate.wait(wantsToKnow ? { call, go, isCold } : { call, go }));
    const stop = () => {
      for (const one of stops) one();
    };
    return Effect.sync(stop);
  });
  return Effect.timeoutOrElse(news, { duration: mostMs, orElse: () => Effect.succeed(nothing) });
};
