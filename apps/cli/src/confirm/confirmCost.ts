/** Asks before more is spent than the user lets pass unasked. */
import type { Cost } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";
import { needsYes } from "../generate/approval.ts";
import { confirm } from "../output/confirm.ts";
import { dollars } from "../output/dollars.ts";
import type { OutputShape } from "../output/Output.ts";
import type { Settings } from "../settings/Settings.ts";

export interface Spending extends Pick<Cost, "usd" | "charges"> {
  /** As the question says it, such as `An answer may cost`. */
  readonly what: string;
  /** It was said already. */
  readonly yes: boolean;
}

/** Fails when nobody says yes. */
export const confirmCost = (
  { what, yes, usd, charges }: Spending,
  { confirm_above: { value: limit } }: Pick<Settings, "confirm_above">,
  output: OutputShape,
): Effect.Effect<void, Failed> =>
  Effect.gen(function* () {
    if (yes || !needsYes({ usd, charges }, limit)) return;
    const sentence = `${what} ${usd === "unknown" ? "an amount that nobody knows" : dollars(usd)}`;
    const isConfirmed = output.asks && (yield* confirm(`${sentence}. Go on?`, output));
    // The question lets go of stdin a moment later; who reads it next must come after.
    yield* Effect.yieldNow;
    if (isConfirmed) return;
    return yield* failed("SLUICE-CONFIRM", {
      message: `${sentence}; what may cost more than $${limit} needs a yes`,
      detail: { usd, confirmAbove: limit },
    });
  });
