/** The way of every call: whom to ask, what it would cost, a yes where one is needed, its progress, its result. */
import type { GatewayClientShape, ResultOf } from "@sluice/core/effect";
import { type GatewayError, InvalidConfiguration } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as Scope from "effect/Scope";
import { Failed } from "../failures/Failed.ts";
import { openGateway } from "../gateway/openGateway.ts";
import { openHistory } from "../history/openHistory.ts";
import { Output } from "../output/Output.ts";
import { Progress } from "../output/Progress.ts";
import { loadSettings, type Settings } from "../settings/Settings.ts";
import { withApproval } from "./approval.ts";
import { eventLine } from "./events.ts";
import type { BatchPipeline, Generation } from "./Generation.ts";
import { incomplete, interrupted } from "./incomplete.ts";
import { Known } from "./Known.ts";
import { requestOf } from "./request.ts";
import { summaryOf } from "./summary.ts";
import { watch } from "./watch.ts";

/** What a pipeline's answer becomes. */
export interface Kind<Name extends BatchPipeline> {
  /** Why the result could not be put where it is to go; asked before anything is paid for. */
  readonly obstacle: string | undefined;
  /** Tells `known` what there is as soon as it is there: it may be interrupted. */
  readonly deliver: (
    result: ResultOf<Name>,
    client: GatewayClientShape,
    known: Known,
  ) => Effect.Effect<Delivered, GatewayError | Failed>;
}

export interface Delivered {
  /** What there is, such as `2 images`, and what is to be known of it, such as its seeds. */
  readonly what: string;
  readonly more?: string;
  /** What deserves a look. */
  readonly notes?: ReadonlyArray<string>;
  /** Puts the product on stdout, when all has been said. */
  readonly print: () => void;
  /** Some of it could not be had: all else is told and kept. */
  readonly failure?: GatewayError | Failed;
}

export const settingsOf = ({ gateway, timeout, maxCost, preview = Option.none() }: Omit<Generation, "pipeline">) =>
  loadSettings({ gateway, timeout, max_cost: maxCost, preview });

export const generate = <Name extends BatchPipeline>(
  generation: Generation<Name>,
  settings: Settings,
  kind: Kind<Name>,
): Effect.Effect<void, Failed, Output> => {
  const known = new Known();
  return call(generation, settings, kind, known).pipe(
    Effect.scoped,
    Effect.mapError((error) => (error instanceof Failed ? known.complete(error) : known.failure(error))),
  );
};

const call = <Name extends BatchPipeline>(
  generation: Generation<Name>,
  settings: Settings,
  kind: Kind<Name>,
  known: Known,
): Effect.Effect<void, GatewayError | Failed, Output | Scope.Scope> =>
  Effect.gen(function* () {
    const { pipeline, yes, dryRun, maxCost } = generation;
    const output = yield* Output;
    const subject = { gateway: settings.gateway.value, pipeline };
    if (kind.obstacle !== undefined) {
      const fields = [{ path: "--output", message: kind.obstacle }];
      return yield* Effect.fail(new InvalidConfiguration({ ...subject, fields }));
    }
    const progress = new Progress(output.note, output.noteStyle);
    const history = yield* Effect.acquireRelease(
      Effect.sync(() => openHistory(settings)),
      ({ close }) => Effect.promise(close),
    );
    const client = yield* openGateway(settings, {
      onEvent: (event) => {
        known.observe(event);
        progress.observe(event);
        history.onEvent(event);
        output.event(eventLine(event));
      },
    });
    const request = yield* requestOf(generation);
    if (dryRun) {
      const { showRequest } = yield* Effect.promise(() => import("./dryRun.ts"));
      return yield* showRequest(generation, settings, client, request);
    }
    const calling = Effect.gen(function* () {
      const result = yield* withApproval(
        {
          // Who names a limit now has said what the call may cost.
          isGranted: yes || Option.isSome(maxCost),
          limitUsd: settings.confirm_above.value,
          output,
          quoted: (asked, cost) => {
            known.cost = cost;
            progress.quote(asked, cost);
          },
        },
        (approve) => client.run(pipeline, request.input, { approve }),
      );
      known.succeeded(result.meta);
      return { result, delivered: yield* kind.deliver(result, client, known) };
    });
    const { result, delivered } = yield* watch(calling, progress, output).pipe(
      // A call's last event comes when whoever waits for its result has gone on: it is to stand before the result.
      Effect.ensuring(Effect.yieldNow),
      Effect.onInterrupt(() => Effect.sync(() => interrupted(subject, output, known, progress.abortedInFlight))),
    );
    const message = summaryOf(delivered, result.meta);
    output.status(undefined);
    output.note(`${output.noteStyle.good("✔")} ${message}`);
    for (const note of delivered.notes ?? []) output.note(`${output.noteStyle.warn("!")} ${note}`);
    delivered.print();
    if (delivered.failure !== undefined) return yield* Effect.fail(incomplete(delivered.failure, known));
    output.done({ message, ...known.detail });
  });
