/** text-to-image from a terminal: the call, its progress, its files and its failures. */
import { type CallEvent, type Cost, GatewayClient, type ResultOf, type TextToImageInput } from "@sluice/core/effect";
import { Aborted, type GatewayError, InvalidConfiguration, isGatewayError } from "@sluice/errors";
import type { Finding } from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { CommandFailed } from "./CommandFailed.ts";
import { formatDuration } from "./duration.ts";
import { exitCodeOf } from "./exitCodes.ts";
import { obstacleAt, placeImages } from "./output/files.ts";
import { dollars } from "./output/dollars.ts";
import { Progress } from "./output/Progress.ts";
import { failureLines, failureOutcome, type Outcome, type Report } from "./output/Report.ts";
import type { TypedSettings } from "./settings.ts";

export interface Generation {
  readonly settings: TypedSettings;
  readonly input: TextToImageInput;
  readonly output: string;
}

/** How often a person is told that nothing is wrong. */
const heartbeat = "10 seconds";

export const generateTextToImage = (generation: Generation, report: Report): Effect.Effect<void, CommandFailed> => {
  const { settings, input, output } = generation;
  let cost: Cost | null = null;
  let warnings: ReadonlyArray<Finding> = [];
  const files: Array<string> = [];
  const progress = new Progress(report.note);
  const onEvent = (event: CallEvent): void => {
    // A download is a call too, and costs nothing more.
    if (event.type === "call-started" && event.cost !== undefined) ({ cost, warnings = [] } = event);
    progress.observe(event);
  };
  const fail = (error: GatewayError, paid: Partial<Outcome> = {}) => {
    const quoted = error._tag === "PriceExceeded" ? { usd: error.quotedUsd, charges: error.charges ?? "usage" } : null;
    const outcome = { ...failureOutcome(error, { cost: cost ?? quoted, files }), warnings, ...paid };
    report.failed(outcome, failureLines(error));
    return Effect.fail(new CommandFailed({ exitCode: exitCodeOf(error._tag) }));
  };
  const obstacle = obstacleAt(output);
  if (obstacle !== undefined) {
    const gateway = settings.gateway ?? "the gateway";
    const fields = [{ path: "--output", message: obstacle }];
    return fail(new InvalidConfiguration({ gateway, pipeline: "text-to-image", fields }));
  }
  return Effect.gen(function* () {
    const client = yield* GatewayClient;
    const result = yield* Effect.raceFirst(client.textToImage(input), breakSilence(progress));
    const paths = placeImages(
      { output, prompt: input.prompt },
      result.images.map(({ seed }) => seed),
    );
    // All of them are paid for: one that cannot be had must not cost the others.
    const saved = yield* Effect.forEach(
      result.images,
      (image, index) => Effect.result(client.save(image, paths[index] ?? output)),
      { concurrency: 4 },
    );
    files.push(...paths.filter((_, index) => saved[index]?._tag === "Success"));
    const { requestId, gateway, model, attempts, durationMs, coldStart } = result.meta;
    const images = result.images.map(({ url, seed, nsfw }, index) => ({ file: paths[index], url, seed, nsfw }));
    const paid = { attempts, requestId, gateway, model, durationMs, coldStart, images };
    report.note(`✔ ${summary(result)}`);
    const failed = saved.find((one) => one._tag === "Failure");
    if (failed === undefined) {
      report.done({ ok: true, code: "OK", message: summary(result), fix: null, cost, files, warnings, ...paid });
      return;
    }
    report.product(files);
    return yield* fail(failed.failure, paid);
  }).pipe(
    Effect.provide(GatewayClient.layer({ ...settings, onEvent })),
    Effect.catchIf(
      (error) => isGatewayError(error),
      (error) => fail(error),
    ),
    Effect.onInterrupt(() =>
      Effect.sync(() => {
        const aborted = new Aborted({ gateway: settings.gateway ?? "the gateway", pipeline: "text-to-image" });
        report.failed({ ...failureOutcome(aborted, { cost, files }), warnings }, [
          `■ interrupted${progress.abortedInFlight ? "; the attempt under way may be billed" : ""}`,
        ]);
      }),
    ),
  );
};

const summary = ({ images, meta }: ResultOf<"text-to-image">): string => {
  const { attempts, durationMs, cost } = meta;
  const seeds = images.map(({ seed }) => seed ?? "?").join(" ");
  const price = cost.usd === "unknown" ? "price unknown" : `$${cost.usd} (${dollars(cost.usd)})`;
  return `${count(images.length, "image")}  ${formatDuration(durationMs)}  ${count(attempts.length, "attempt")}  ${price}  seed ${seeds}`;
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

const breakSilence = (progress: Progress): Effect.Effect<never> =>
  Effect.sleep(heartbeat).pipe(
    Effect.andThen(Clock.currentTimeMillis),
    Effect.map((now) => {
      progress.heartbeat(now);
    }),
    Effect.forever,
  );
