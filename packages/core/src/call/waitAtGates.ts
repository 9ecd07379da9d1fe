/** A call's wait for news of cold models, which other calls ask for. */
import type { GatewayError, Subject } from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { ColdGate } from "../routes/ColdGate.ts";
import type { CallLog } from "./CallLog.ts";

interface Wait {
  readonly call: object;
  readonly gates: ReadonlyArray<{ readonly subject: Subject; readonly gate: ColdGate }>;
  readonly log: CallLog;
  /** Told when all the models have been given up by those who asked. */
  readonly giveUp: (error: GatewayError) => void;
  /** It waits no longer than this, in milliseconds. */
  readonly mostMs: number | undefined;
}

/** Ends when the call may go on: a model answers, or it is this call's turn to ask. */
export const waitAtGates = ({ call, gates, log, giveUp, mostMs }: Wait): Effect.Effect<void> => {
  const [first] = gates;
  // The news may have come since the call asked.
  if (first === undefined || !gates.every(({ gate }) => gate.isClosedTo(call))) return Effect.void;
  const began = log.elapsedMs;
  log.waiting("gate", first.gate.error);
  let open = gates.length;
  const news = Effect.callback<{ readonly subject: Subject; readonly afterMs: number }>((resume) => {
    const stops = gates.map(({ subject, gate }) =>
      gate.wait({
        call,
        since: log.steadyNow,
        go: (afterMs) => {
          stop();
          resume(Effect.succeed({ subject, afterMs }));
        },
        giveUp: (error) => {
          open -= 1;
          if (open === 0) giveUp(error);
        },
      }),
    );
    const stop = () => {
      for (const one of stops) one();
    };
    return Effect.sync(stop);
  });
  const nothing = { subject: first.subject, afterMs: 0 };
  const bounded =
    mostMs === undefined
      ? news
      : Effect.timeoutOrElse(news, { duration: mostMs, orElse: () => Effect.succeed(nothing) });
  return Effect.flatMap(bounded, ({ subject, afterMs }) =>
    Effect.map(afterMs === 0 ? Effect.void : Effect.sleep(afterMs), () => {
      const foundCold = mostMs !== undefined && first.gate.error !== undefined;
      if (!foundCold) log.gateOpened(subject, log.elapsedMs - began);
    }),
  );
};
