/** A call of any pipeline: its file opened, and the first of its routes that can take it asked. */
import { type Answer, DeadlineExceeded, type GatewayError, isGatewayError, type Policy } from "@sluice/errors";
import { type InputOf, type PipelineName, pipelines, readMedia, type Upload } from "@sluice/models";
import type { OnEvent } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Scope from "effect/Scope";
import { metaOf } from "../call/CallMeta.ts";
import type { CallPlan, Leg } from "../call/CallPlan.ts";
import { runCall } from "../call/runCall.ts";
import type { Engine } from "../Engine.ts";
import { type FileSource, openSource } from "../files/FileSource.ts";
import { readCallOptions } from "../settings/callOptions.ts";
import type { LimitSettings } from "../settings/Settings.ts";
import type { Transport } from "../transport/Transport.ts";
import type { CallInput } from "./CallInput.ts";
import { choose, requestedOn } from "./choose.ts";
import type { Ask } from "./makeLeg.ts";
import type { ResultOf, Results } from "./Results.ts";
import { traceOf } from "../call/traceparent.ts";

export interface CallOptions extends LimitSettings {
  readonly onEvent?: OnEvent | undefined;
  /** The W3C `traceparent` that the call belongs to. It is sent on to `traceHosts` alone. */
  readonly traceparent?: string | undefined;
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

/** Of a pipeline that takes no file; apart, so that who uses no other bundles nothing that reads files. */
export const callWithoutFile = <Name extends PipelineName>(
  engine: Engine,
  name: Name,
  input: CallInput<Name>,
  options: CallOptions,
  manner: Manner<Name> = {},
): Effect.Effect<Called<Name>, GatewayError> => {
  const limits = readCallOptions(options, engine.limits);
  return call(engine, { name, input: input as InputOf<Name>, facts: undefined, limits }, options, manner);
};

export const callPipeline = <Name extends PipelineName>(
  engine: Engine,
  name: Name,
  input: CallInput<Name>,
  options: CallOptions,
  manner: Manner<Name> = {},
): Effect.Effect<Called<Name>, GatewayError> => {
  const field = fileFieldOf(name);
  const fields = input as Readonly<Record<string, FileSource | Upload>> | null | undefined;
  const source = field === undefined ? undefined : fields?.[field];
  // Without a file, the request's own checks say so.
  if (field === undefined || source === undefined) return callWithoutFile(engine, name, input, options, manner);
  const limits = readCallOptions(options, engine.limits);
  const gateway = engine.routes[0].target.profile.name;
  return withScope(
    Effect.gen(function* () {
      const began = yield* Clock.currentTimeMillis;
      const subject = { gateway, pipeline: name };
      // A file may take its time to come, and that is the call's time. A mistake in it is told with the others.
      const { timeoutMs } = limits.fields.length === 0 ? limits.value : engine.limits;
      const late = new DeadlineExceeded({ ...subject, deadlineMs: timeoutMs, inFlight: false });
      const reading = Effect.gen(function* () {
        const upload = yield* openSource(source, { subject, field });
        const given = { ...input, [field]: upload } as unknown as InputOf<Name>;
        const facts = yield* Effect.promise(() => readMedia(name, given as Readonly<Record<string, unknown>>));
        return { input: given, facts };
      });
      const read = yield* Effect.timeoutOrElse(reading, { duration: timeoutMs, orElse: () => Effect.fail(late) });
      const leftMs = Math.max(1, timeoutMs - ((yield* Clock.currentTimeMillis) - began));
      const left = { ...limits, value: { ...limits.value, timeoutMs: leftMs } };
      return yield* Effect.mapError(call(engine, { name, ...read, limits: left }, options, manner), (error) => {
        const told = { gateway: error.gateway, deadlineMs: timeoutMs };
        return isGatewayError(error, "DeadlineExceeded") ? error.with(told) : error;
      });
    }),
  );
};

/** `undefined` also for what is no pipeline. */
const fileFieldOf = (name: PipelineName): string | undefined => {
  const taken: object | undefined = Object.hasOwn(pipelines, name) ? pipelines[name] : undefined;
  return (taken as { readonly fileField?: string } | undefined)?.fileField;
};

/**
 * Nobody waits for the end of the scope but who interrupts: what is interrupted meanwhile has no result, and a call that
 * has succeeded may be paid. What has failed says whether it may be.
 */
const withScope = <A, E>(self: Effect.Effect<A, E, Scope.Scope>): Effect.Effect<A, E> =>
  Effect.suspend(() => {
    const scope = Scope.makeUnsafe();
    return Effect.onExit(Scope.provide(self, scope), (exit) => {
      const closing = Scope.close(scope, exit);
      return Exit.hasInterrupts(exit) ? closing : Effect.forkDetach(closing, { startImmediately: true });
    });
  });

const call = <Name extends PipelineName>(
  engine: Engine,
  ask: Ask<Name>,
  options: CallOptions,
  { adapt = (leg) => leg, transport = (own) => own, policy = (own) => own }: Manner<Name>,
): Effect.Effect<Called<Name>, GatewayError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => {
    const chosen = choose(engine, ask, now);
    if (isGatewayError(chosen)) return Effect.fail(chosen);
    const { leg, bucket, others } = chosen;
    const adapted = (other: Leg<Results[Name]> | GatewayError) => (isGatewayError(other) ? other : adapt(other));
    const { timeoutMs } = ask.limits.value;
    const observers = options.onEvent === undefined ? engine.observers : [...engine.observers, options.onEvent];
    const plan: CallPlan<Results[Name]> = {
      first: adapt(leg),
      timeoutMs,
      policy: policy(engine.policy),
      bucket,
      observers,
      trace: traceOf(options.traceparent),
      ...(others.length === 0 ? {} : { others: others.map((make) => () => adapted(make())) }),
      ...(engine.routes.length === 1 ? {} : { onAttempt: recordIn(engine, ask.name) }),
    };
    return Effect.map(runCall(transport(engine.transport), plan), ({ result, leg: answered, log, answer }) => ({
      result: { ...result, meta: metaOf(log, answered, requestedBy(engine, ask, answered)) },
      answer,
    }));
  });

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
