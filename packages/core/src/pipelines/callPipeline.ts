/** A call of any pipeline: its file opened, and the first of its routes that can take it asked. */
import { DeadlineExceeded, type GatewayError, isGatewayError } from "@sluice/errors";
import { type InputOf, type PipelineName, pipelines, readMedia, type Upload } from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Scope from "effect/Scope";
import { runCallIn } from "../call/runCall.ts";
import type { Engine } from "../Engine.ts";
import { type FileSource, openSource } from "../files/FileSource.ts";
import { readCallOptions } from "../settings/callOptions.ts";
import type { CallInput } from "./CallInput.ts";
import type { Ask } from "./makeLeg.ts";
import { askWithoutFile, type Called, type CallOptions, type Manner, readyCall } from "./readyCall.ts";

/** Of a pipeline that takes no file; apart, so that who uses no other bundles nothing that reads files. */
export const callWithoutFile = <Name extends PipelineName>(
  engine: Engine,
  name: Name,
  input: CallInput<Name>,
  options: CallOptions,
  manner: Manner<Name> = {},
): Effect.Effect<Called<Name>, GatewayError> =>
  call(engine, askWithoutFile(engine, name, input, options), options, manner);

export const callPipeline = <Name extends PipelineName>(
  engine: Engine,
  name: Name,
  input: CallInput<Name>,
  options: CallOptions,
  manner: Manner<Name> = {},
): Effect.Effect<Called<Name>, GatewayError> => {
  const file = fileIn(name, input);
  if (file === undefined) return callWithoutFile(engine, name, input, options, manner);
  const { field, source } = file;
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
      const ask = { name, ...read, limits: left, askedTimeoutMs: timeoutMs };
      return yield* Effect.mapError(call(engine, ask, options, manner), (error) => {
        const told = { gateway: error.gateway, deadlineMs: timeoutMs };
        return isGatewayError(error, "DeadlineExceeded") ? error.with(told) : error;
      });
    }),
  );
};

interface GivenFile {
  readonly field: string;
  readonly source: FileSource | Upload;
}

/** `undefined` also for what is no pipeline, and where a file is missing: the request's own checks say so. */
export const fileIn = (name: PipelineName, input: unknown): GivenFile | undefined => {
  const taken: object | undefined = Object.hasOwn(pipelines, name) ? pipelines[name] : undefined;
  const field = (taken as { readonly fileField?: string } | undefined)?.fileField;
  if (field === undefined) return undefined;
  const source = (input as Readonly<Record<string, FileSource | Upload>> | null | undefined)?.[field];
  return source === undefined ? undefined : { field, source };
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
  manner: Manner<Name>,
): Effect.Effect<Called<Name>, GatewayError> =>
  Effect.withFiber((fiber) => {
    const ready = readyCall(engine, ask, options, Context.get(fiber.context, Clock.Clock), manner);
    return isGatewayError(ready) ? Effect.fail(ready) : runCallIn(fiber, ready);
  });
