/** A call of a pipeline as a promise. */
import type { Answer, GatewayError } from "@sluice/errors";
import type { PipelineName } from "@sluice/models";
import * as Effect from "effect/Effect";
import type { Engine } from "../Engine.ts";
import type { Called } from "../pipelines/callPipeline.ts";
import type { ResultOf } from "../pipelines/Results.ts";
import type { Fetching } from "./CallOptions.ts";
import { type Gateway, partsOf } from "./Gateway.ts";
import { type Pending, pending } from "./Pending.ts";

/** `finish` makes of a result what the caller is given. What is wrong with the options, the call itself says. */
export const call = <Name extends PipelineName, Data>(
  gateway: Gateway,
  pipeline: Name,
  make: (engine: Engine) => Effect.Effect<Called<Name>, GatewayError>,
  finish: (result: ResultOf<Name>) => Data,
  options: Fetching | null | undefined,
): Pending<Data> => {
  const { engine, runner } = partsOf(gateway);
  let answer: Answer | undefined;
  const called = Effect.map(make(engine), (done) => {
    answer = done.answer;
    return finish(done.result);
  });
  return pending(runner.run(pipeline, called, options?.signal), () => answer as Answer);
};
