/** A call of a pipeline as a promise. */
import type { GatewayError } from "@sluice/errors";
import type { PipelineName } from "@sluice/models";
import * as Effect from "effect/Effect";
import type { Engine } from "../Engine.ts";
import type { Called } from "../pipelines/callPipeline.ts";
import type { ResultOf } from "../pipelines/Results.ts";
import type { Fetching } from "./CallOptions.ts";
import { type Gateway, partsOf } from "./Gateway.ts";
import { type Pending, pending } from "./Pending.ts";

/** `finish` makes of a result what the caller is given. */
export const call = <Name extends PipelineName, Data>(
  gateway: Gateway,
  pipeline: Name,
  make: (engine: Engine) => Effect.Effect<Called<Name>, GatewayError>,
  finish: (result: ResultOf<Name>) => Data,
  { signal }: Fetching = {},
): Pending<Data> => {
  const { engine, runner } = partsOf(gateway);
  const called = Effect.map(make(engine), ({ result, answer }) => ({ data: finish(result), answer }));
  return pending(runner.run(pipeline, called, signal));
};
