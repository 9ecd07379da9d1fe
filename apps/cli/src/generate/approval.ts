/** Whether a price needs a yes, and who gives it. */
import type { CallOptions, Cost } from "@sluice/core/effect";
import { PriceExceeded, type GatewayError, type Subject } from "@sluice/errors";
import { parseUsd } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";
import { confirm } from "../output/confirm.ts";
import { dollars } from "../output/dollars.ts";
import type { OutputShape } from "../output/Output.ts";

/** An unknown price may be any; a gateway that charges nothing needs no yes. */
export const needsYes = ({ usd, charges }: Pick<Cost, "usd" | "charges">, limitUsd: string): boolean => {
  if (charges === "nothing") return false;
  const [amount, limit] = [parseUsd(usd), parseUsd(limitUsd)];
  return amount === undefined || limit === undefined || amount > limit;
};

interface Asking {
  /** Has said yes before: --yes, or a limit of its own with --max-cost. */
  readonly isGranted: boolean;
  readonly limitUsd: string;
  readonly output: OutputShape;
  /** Told the price before the question. */
  readonly quoted: (subject: Subject, cost: Cost) => void;
}

/**
 * Makes the call, and asks before it when it is dear: the call itself finds the price, refuses, and is made again after a
 * yes. Nothing has been sent until then.
 */
export const withApproval = <A>(
  { isGranted, limitUsd, output, quoted }: Asking,
  call: (approve: NonNullable<CallOptions["approve"]>) => Effect.Effect<A, GatewayError>,
): Effect.Effect<A, GatewayError | Failed> => {
  let refused: { readonly error: GatewayError; readonly cost: Cost; readonly subject: Subject } | undefined;
  const refuse: NonNullable<CallOptions["approve"]> = (cost, subject) => {
    if (isGranted || !needsYes(cost, limitUsd)) return undefined;
    const { usd, charges } = cost;
    const error = new PriceExceeded({ ...subject, quotedUsd: usd, maxCostUsd: limitUsd, charges });
    refused = { error, cost, subject };
    return error;
  };
  const ask = (error: GatewayError): Effect.Effect<A, GatewayError | Failed> => {
    if (refused?.error !== error) return Effect.fail(error);
    const { cost, subject } = refused;
    const price = cost.usd === "unknown" ? "an amount that nobody knows" : dollars(cost.usd);
    const notConfirmed = failed("SLUICE-CONFIRM", {
      message: `this ${subject.pipeline} call would cost ${price}; what may cost more than $${limitUsd} needs a yes`,
    });
    quoted(subject, cost);
    if (!output.asks) return Effect.fail(notConfirmed);
    return Effect.flatMap(
      confirm(`It would cost ${price}. Go on?`, output),
      (isConfirmed): Effect.Effect<A, GatewayError | Failed> =>
        isConfirmed ? call(() => undefined) : Effect.fail(notConfirmed),
    );
  };
  return Effect.catch(call(refuse), ask);
};
