/** A call of a pipeline made ready, with what its caller is given of it. */
import { type Answer, type GatewayError, isGatewayError, type Policy, type Subject } from "@sluice/errors";
import type { InputOf, PipelineName } from "@sluice/models";
import type { Cost, OnEvent } from "@sluice/telemetry";
import type * as Clock from "effect/Clock";
import { metaOf } from "../call/CallMeta.ts";
import type { CallPlan, Leg } from "../call/CallPlan.ts";
import type { ReadyCall } from "../call/runCall.ts";
import { traceOf } from "../call/traceparent.ts";
import type { Engine } from "../Engine.ts";
import { readCallOptions } from "../settings/callOptions.ts";
import type { LimitSettings } from "../settings/Settings.ts";
import type { Transport } from "../transport/Transport.ts";
import type { CallInput } from "./CallInput.ts";
import { choose, requestedOn } from "./choose.ts";
import type { Ask } from "./makeLeg.ts";
import type { ResultOf, Results } from "./Results.ts";

export interface CallOptions extends LimitSettings {
  readonly onEvent?: OnEvent | undefined;
  /** The W3C `traceparent` that the call belongs to. It is sent on to `traceHosts` alone. */
  readonly traceparent?: string | undefined;
  /** Ties the call's events, result and error to a request of yours: 1 to 128 letters, digits or `._:-`. Default: a new one. */
  readonly requestId?: string | undefined;
  /**
   * Asked of each gateway that the call turns to, once the call is known to be valid and before anything is sent there, with
   * its price and who is asked: an error refuses it; of a later gateway, only that one is not asked.
   */
  readonly approve?: ((cost: Cost, asked: Subject) => GatewayError | undefined) | undefined;
}

/** How a pipeline's request differs from the usual. */
export interface Manner<Name extends PipelineName> {
  readonly adapt?: (leg: Leg<Results[Name]>) => Leg<Results[Name]>;
  readonly transport?: (transport: Transport["Service"]) => Transport["Service"];
  readonly policy?: (policy: Policy) => Policy;
}

export interface Called<Name extends PipelineName> {
  readonly result: ResultOf<Name>;
  readonly answer: Answer;
}

/** What is asked of a pipeline with no file, or whose file is still missing. */
export const askWithoutFile = <Name extends PipelineName>(
  engine: Engine,
  name: Name,
  input: CallInput<Name>,
  options: CallOptions,
): Ask<Name> => ({
  name,
  input: input as InputOf<Name>,
  facts: undefined,
  limits: readCallOptions(options, engine.limits),
});

/** Or why it is not made. */
export const readyCall = <Name extends PipelineName>(
  engine: Engine,
  ask: Ask<Name>,
  options: CallOptions,
  clock: Clock.Clock,
  { adapt = (leg) => leg, transport = (own) => own, policy = (own) => own }: Manner<Name> = {},
): ReadyCall<Results[Name], Called<Name>> | GatewayError => {
  const chosen = choose(engine, ask, clock);
  if (isGatewayError(chosen)) return chosen;
  const { leg, bucket, others } = chosen;
  const refusalOf = ({ cost, subject }: Leg<Results[Name]>): GatewayError | undefined =>
    cost === undefined ? undefined : options.approve?.(cost, subject);
  const refusal = refusalOf(leg);
  if (refusal !== undefined) return refusal;
  const plan: CallPlan<Results[Name]> = {
    first: adapt(leg),
    timeoutMs: ask.limits.value.timeoutMs,
    policy: policy(engine.policy),
    bucket,
    observers: options.onEvent === undefined ? engine.observers : [...engine.observers, options.onEvent],
    trace: traceOf(options.traceparent),
    requestId: options.requestId,
    others: others?.map((make) => () => {
      const other = make();
      if (isGatewayError(other)) return other;
      return refusalOf(other) ?? adapt(other);
    }),
    onAttempt: engine.routes.length === 1 ? undefined : recordIn(engine, ask.name),
  };
  return {
    transport: transport(engine.transport),
    plan,
    finish: ({ result, leg: answered, log, answer }) => ({
      result: { ...result, meta: metaOf(log, answered, requestedBy(engine, ask, answered)) },
      answer,
    }),
  };
};

const recordIn =
  ({ warmth }: Engine, pipeline: PipelineName): NonNullable<CallPlan<unknown>["onAttempt"]> =>
  ({ subject: { gateway, model = "" } }, error, at, ms) => {
    warmth.record({ gateway, pipeline, model, error, at, ms });
  };

/** The model that was asked for, where another one has answered. */
const requestedBy = <Name extends PipelineName>(
  { routes }: Engine,
  ask: Ask<Name>,
  { subject }: Leg<unknown>,
): string | undefined => {
  if (routes.length === 1) return undefined;
  const requested = requestedOn(routes[0], ask);
  return requested === subject.model ? undefined : requested;
};
