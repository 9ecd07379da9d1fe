/** What a call would cost, found out without sending anything. */
import { type FieldError, isGatewayError } from "@sluice/errors";
import type { InputOf, MediaFacts, PipelineName } from "@sluice/models";
import type { Cost } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import type { Engine } from "../Engine.ts";
import { FileSource } from "../files/FileSource.ts";
import { choose } from "./choose.ts";

/**
 * On the route that a call would ask first now; `input` is an `EstimateInput`. Throws the `GatewayError` that the call
 * would fail with before it is sent.
 */
export const estimate = (engine: Engine, name: PipelineName, input: object, facts: MediaFacts | undefined): Cost => {
  const limits = { value: engine.limits, fields: unopened(input) };
  const ask = { name, input: input as InputOf<PipelineName>, facts, limits };
  const chosen = choose(engine, ask, Context.get(Context.empty(), Clock.Clock));
  if (isGatewayError(chosen)) throw chosen;
  if (chosen.leg.cost === undefined) throw new Error("every pipeline is priced");
  return chosen.leg.cost;
};

/** From JavaScript, what `toFile` makes may come here too. */
const unopened = (input: object | null): ReadonlyArray<FieldError> =>
  Object.entries(input ?? {}).flatMap(([path, value]) =>
    value instanceof FileSource ? [{ path, message: "is a file that only a call opens", fix: unopenedFix }] : [],
  );

const unopenedFix = "Give its bytes or a Blob, and its facts, which readMedia of @sluice/models finds.";
