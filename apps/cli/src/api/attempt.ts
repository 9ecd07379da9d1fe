/** Does something of the service's, and says as this command line does what keeps it from starting. */
import { Refused } from "@sluice/api/program";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";

export const attempt = <A>(act: () => A | Promise<A>): Effect.Effect<A, Failed> =>
  Effect.catch(Effect.tryPromise({ try: async () => act(), catch: (error) => error }), (error) =>
    error instanceof Refused ? Effect.fail(refused(error)) : Effect.die(error),
  );

const refused = ({ isConfiguration, reasons }: Refused): Failed => {
  const [only = "", ...more] = reasons;
  if (!isConfiguration) return failed("SLUICE-PORT", { message: only });
  return failed("SLUICE-CONFIG", {
    message: more.length === 0 ? only : `${reasons.length} mistakes in the service's configuration`,
    fix: "Correct what is named; `sluice api --check` looks again.",
    ...(more.length === 0 ? {} : { lines: reasons, detail: { mistakes: reasons } }),
  });
};
