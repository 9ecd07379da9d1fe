/** What a call would cost, from its input alone. */
import { isGatewayError } from "@sluice/errors";
import type { InputOf, MediaFacts, PipelineName } from "@sluice/models";
import type { Cost } from "@sluice/telemetry";
import type { Engine } from "../Engine.ts";
import type { CallInput } from "./CallInput.ts";
import { makeLeg } from "./makeLeg.ts";

/** On the first route. Throws the `GatewayError` that the call would fail with before it is sent. */
export const estimate = <Name extends PipelineName>(
  engine: Engine,
  name: Name,
  input: CallInput<Name>,
  facts: MediaFacts | undefined,
): Cost => {
  const limits = { value: engine.limits, fields: [] };
  const leg = makeLeg(engine, engine.routes[0], { name, input: input as InputOf<Name>, facts, limits });
  if (isGatewayError(leg)) throw leg;
  if (leg.cost === undefined) throw new Error("every pipeline is priced");
  return leg.cost;
};
