/** A call of a pipeline as a promise. */
import { type Answer, type GatewayError, isGatewayError } from "@sluice/errors";
import type { PipelineName } from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import type { Engine } from "../Engine.ts";
import type { CallInput } from "../pipelines/CallInput.ts";
import { callPipeline, fileIn } from "../pipelines/callPipeline.ts";
import { askWithoutFile, type Called, readyCall } from "../pipelines/readyCall.ts";
import type { ResultOf } from "../pipelines/Results.ts";
import type { CallOptions, Fetching } from "./CallOptions.ts";
import { type Gateway, partsOf } from "./Gateway.ts";
import { OnItsOwn } from "./OnItsOwn.ts";
import { type Pending, pending } from "./Pending.ts";
import type { Whose } from "./Underway.ts";

/** Makes of a result what the caller is given. */
type Finish<Name extends PipelineName, Data> = (result: ResultOf<Name>) => Data;

/** Promises know no other. */
const clock = Context.get(Context.empty(), Clock.Clock);

/** Of any pipeline. What is wrong with the options, the call itself says. */
export const call = <Name extends PipelineName, Data>(
  gateway: Gateway,
  pipeline: Name,
  input: CallInput<Name>,
  options: CallOptions,
  finish: Finish<Name, Data>,
): Pending<Data> => {
  if (fileIn(pipeline, input) === undefined) return callWithoutFile(gateway, pipeline, input, options, finish);
  return callIn(gateway, pipeline, (engine) => callPipeline(engine, pipeline, input, options), finish, options);
};

/** Of one that takes no file; apart, so that who uses no other bundles nothing that reads files. */
export const callWithoutFile = <Name extends PipelineName, Data>(
  gateway: Gateway,
  pipeline: Name,
  input: CallInput<Name>,
  options: CallOptions,
  finish: Finish<Name, Data>,
): Pending<Data> => {
  const { engine, runner } = partsOf(gateway);
  const { answerOf, kept } = keeping(finish);
  const make = (...whose: Whose<Data>) => {
    const ready = readyCall(engine, askWithoutFile(engine, pipeline, input, options), options, clock);
    if (isGatewayError(ready)) return ready;
    const { transport, plan, finish: called } = ready;
    return new OnItsOwn({ transport, plan, finish: (finished) => kept(called(finished)) }, ...whose);
  };
  return pending(runner.begin(pipeline, make, (options as CallOptions | null)?.signal), answerOf);
};

/** In an effect. */
export const callIn = <Name extends PipelineName, Data>(
  gateway: Gateway,
  pipeline: Name,
  make: (engine: Engine) => Effect.Effect<Called<Name>, GatewayError>,
  finish: Finish<Name, Data>,
  options: Fetching | null | undefined,
): Pending<Data> => {
  const { engine, runner } = partsOf(gateway);
  const { answerOf, kept } = keeping(finish);
  return pending(runner.run(pipeline, Effect.map(make(engine), kept), options?.signal), answerOf);
};

/** Keeps the answer for who asks for it later. */
const keeping = <Name extends PipelineName, Data>(finish: Finish<Name, Data>) => {
  let kept: Answer | undefined;
  return {
    answerOf: () => kept as Answer,
    kept: ({ result, answer }: Called<Name>): Data => {
      kept = answer;
      return finish(result);
    },
  };
};
