/** A call of any pipeline: its file opened, its routes put in order, and the first that can take it made ready. */
import { type Answer, DeadlineExceeded, type GatewayError, isGatewayError, type Policy } from "@sluice/errors";
import { defaultModel, type InputOf, type PipelineName, pipelines, readMedia, type Upload } from "@sluice/models";
import type { OnEvent } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { type CallMeta, metaOf } from "../call/CallMeta.ts";
import type { CallPlan, Leg } from "../call/CallPlan.ts";
import { runCall } from "../call/runCall.ts";
import type { Engine } from "../Engine.ts";
import type { Route } from "../routes/Route.ts";
import { type FileSource, openSource } from "../files/FileSource.ts";
import { readLimits } from "../settings/limits.ts";
import type { LimitSettings } from "../settings/Settings.ts";
import type { Transport } from "../transport/Transport.ts";
import type { CallInput } from "./CallInput.ts";
import { type Ask, makeLeg, modelIn } from "./makeLeg.ts";
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
  const limits = readLimits(options, engine.limits);
  return call(engine, { name, input: input as InputOf<Name>, facts: undefined, limits }, options, manner);
};

export const callPipeline = <Name extends PipelineName>(
  engine: Engine,
  name: Name,
  input: CallInput<Name>,
  options: CallOptions,
  manner: Manner<Name> = {},
): Effect.Effect<Called<Name>, GatewayError> => {
  const limits = readLimits(options, engine.limits);
  const gateway = engine.routes[0].target.profile.name;
  const taken = pipelines[name];
  if (!("fileField" in taken)) return callWithoutFile(engine, name, input, options, manner);
  const field = taken.fileField;
  const source = (input as Readonly<Record<string, FileSource | Upload>>)[field];
  // Without a file, the request's own checks say so.
  if (source === undefined) return callWithoutFile(engine, name, input, options, manner);
  return Effect.scoped(
    Effect.gen(function* () {
      const began = yield* Clock.currentTimeMillis;
      const subject = { gateway, pipeline: name };
      // A stream may take its time to come, and that is the call's time. A mistake in it is told with the others.
      const { timeoutMs } = limits.fields.length === 0 ? limits.value : engine.limits;
      const late = new DeadlineExceeded({ ...subject, deadlineMs: timeoutMs, inFlight: false });
      const opened = openSource(source, { subject, field });
      const upload = yield* Effect.timeoutOrElse(opened, { duration: timeoutMs, orElse: () => Effect.fail(late) });
      const given = { ...input, [field]: upload } as unknown as InputOf<Name>;
      const facts = yield* Effect.promise(() => readMedia(name, given as Readonly<Record<string, unknown>>));
      const leftMs = Math.max(1, timeoutMs - ((yield* Clock.currentTimeMillis) - began));
      const left = { ...limits, value: { ...limits.value, timeoutMs: leftMs } };
      return yield* Effect.mapError(
        call(engine, { name, input: given, facts, limits: left }, options, manner),
        (error) => {
          const told = { gateway: error.gateway, deadlineMs: timeoutMs };
          return isGatewayError(error, "DeadlineExceeded") ? error.with(told) : error;
        },
      );
    }),
  );
};

const call = <Name extends PipelineName>(
  engine: Engine,
  ask: Ask<Name>,
  options: CallOptions,
  { adapt = (leg) => leg, transport = (own) => own, policy = (own) => own }: Manner<Name>,
): Effect.Effect<Called<Name>, GatewayError> =>
  Effect.flatMap(inOrder(engine, ask), (routes) => {
    const make = (route: Route) => {
      const leg = makeLeg(engine, route, ask);
      return isGatewayError(leg) ? leg : adapt(leg);
    };
    const [route, leg, others] = firstOf(routes, make);
    if (isGatewayError(leg)) return Effect.fail(leg);
    const { timeoutMs } = ask.limits.value;
    const observers = options.onEvent === undefined ? engine.observers : [...engine.observers, options.onEvent];
    const plan: CallPlan<Results[Name]> = {
      ...leg,
      timeoutMs,
      policy: policy(engine.policy),
      bucket: route.bucket,
      observers,
      trace: traceOf(options.traceparent),
      ...(others.length === 0 ? {} : { others: others.map((other) => () => make(other)) }),
      ...(engine.routes.length === 1 ? {} : { onAttempt: recordIn(engine, ask.name) }),
    };
    return Effect.map(runCall(transport(engine.transport), plan), ({ result, leg: answered, log, answer }) => ({
      result: { ...result, meta: metaOf(log, tellingOf(engine, ask, answered)) },
      answer,
    }));
  });

/** A gateway that does not have the pipeline is no reason to fail while another may. */
const firstOf = <Name extends PipelineName>(
  routes: ReadonlyArray<Route>,
  make: (route: Route) => Leg<Results[Name]> | GatewayError,
): readonly [Route, Leg<Results[Name]> | GatewayError, ReadonlyArray<Route>] => {
  const [route, ...others] = routes as readonly [Route, ...ReadonlyArray<Route>];
  const leg = make(route);
  const elsewhere = isGatewayError(leg, "PipelineNotOffered", "PipelineRetired") && others.length > 0;
  if (!elsewhere) return [route, leg, others];
  const rest = firstOf(others, make);
  return isGatewayError(rest[1], "PipelineNotOffered", "PipelineRetired") ? [route, leg, []] : rest;
};

const requestedOn = <Name extends PipelineName>({ models, target }: Route, { name, input }: Ask<Name>): string => {
  const given = modelIn(name, input);
  const own = models[name] ?? (given === "undefined" || given === "" ? undefined : given);
  return own ?? target.profile.defaultModels[name] ?? defaultModel(name);
};

/** Warm first. */
const inOrder = <Name extends PipelineName>(engine: Engine, ask: Ask<Name>): Effect.Effect<ReadonlyArray<Route>> => {
  if (engine.routes.length === 1) return Effect.succeed(engine.routes);
  const choices = engine.routes.map((route) => {
    const gateway = route.target.profile.name;
    return { route, gateway, pipeline: ask.name, model: requestedOn(route, ask) };
  });
  return Effect.map(Clock.currentTimeMillis, (now) => engine.warmth.inOrder(choices, now).map(({ route }) => route));
};

const recordIn =
  ({ warmth }: Engine, pipeline: PipelineName): NonNullable<CallPlan<unknown>["onAttempt"]> =>
  ({ subject: { gateway, model = "" } }, error, at, ms) => {
    warmth.record({ gateway, pipeline, model, error, at, ms });
  };

const tellingOf = <Name extends PipelineName>(
  engine: Engine,
  ask: Ask<Name>,
  { subject, cost, warnings = [] }: Leg<Results[Name]>,
): Pick<CallMeta, "gateway" | "model" | "requestedModel" | "cost" | "warnings"> => {
  const { gateway, model = "" } = subject;
  if (cost === undefined) throw new Error("every pipeline is priced");
  const telling = { gateway, model, cost, warnings };
  if (engine.routes.length === 1) return telling;
  const requestedModel = requestedOn(engine.routes[0], ask);
  return requestedModel === model ? telling : { ...telling, requestedModel };
};
