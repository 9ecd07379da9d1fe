/** `sluice cost estimate`: what a call would cost, exactly as the call itself would say it, and with nothing sent. */
import { InvalidRequest } from "@sluice/errors";
import { findModel, type GatewayTraits, nearestModel } from "@sluice/models/facts";
import { formatUsd, type Job, nanoUsd, quote, type Quote, times, toUsd } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { EstimateInput } from "../commands/cost.ts";
import { failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import { noSuchPipeline, pipelineNamed } from "../pipelines.ts";
import type { CostEstimate } from "../results/cost.ts";
import { loadSettings } from "../settings/Settings.ts";
import { type Asked, billedByImage, jobOf, mistakeInText } from "./askedOf.ts";
import { formula } from "./formula.ts";
import { rateLines } from "./rateLines.ts";
import { refusalOf, traitsOf } from "./traitsOf.ts";

export const run = (input: EstimateInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const pipeline = pipelineNamed(input.pipeline);
    if (pipeline === undefined) return yield* noSuchPipeline(input.pipeline);
    const gateway = yield* traitsOf(yield* loadSettings({ gateway: input.gateway }));
    const refusal = refusalOf(pipeline, gateway);
    if (refusal !== undefined) return yield* refusal;
    const asked = yield* askedIn(input, { pipeline });
    const priceable = jobOf(asked, gateway);
    if (!priceable.ok) {
      const { fields } = priceable;
      return yield* new InvalidRequest({ gateway: gateway.name, pipeline, status: null, fields });
    }
    const job = yield* withFile(priceable.job, gateway, Option.getOrUndefined(input.file));
    const quoted = quote(job, { profile: gateway });
    const worst = worstOf(quoted, input.retries);
    output.product(
      [
        output.style.bold(formula(job, quoted)),
        ...rateLines(quoted, gateway, output.style),
        ...(worst === undefined
          ? []
          : [`${output.style.dim("worst  ")}${formatUsd(worst)} with ${input.retries} more runs that are billed`]),
        "",
      ].join("\n"),
    );
    if (quoted.amount === "unknown") output.note(`${output.noteStyle.warn("!")} ${missingIn(job, quoted)}`);
    for (const line of strangeModel(job)) output.note(`${output.noteStyle.warn("!")} ${line}`);
    output.done(resultOf(job, quoted, gateway, worst));
  });

const askedIn = (input: EstimateInput, { pipeline }: Pick<Asked, "pipeline">) =>
  Effect.gen(function* () {
    const [text, characters] = [Option.getOrUndefined(input.text), Option.getOrUndefined(input.characters)];
    const mistake = mistakeInText(text, characters);
    if (mistake !== undefined) {
      const fix = "Give --text, or --characters within that.";
      return yield* failed("SLUICE-USAGE", { message: mistake, fix });
    }
    const asked: Asked = {
      pipeline,
      model: Option.getOrUndefined(input.model),
      width: Option.getOrUndefined(input.width),
      height: Option.getOrUndefined(input.height),
      count: Option.getOrUndefined(input.count),
      maxTokens: Option.getOrUndefined(input.maxTokens),
      seconds: Option.getOrUndefined(input.seconds),
      text: text ?? (characters === undefined ? undefined : "x".repeat(characters)),
    };
    return asked;
  });

/** A file is looked at by what a call looks at it with, which takes longer to load. */
const withFile = (job: Job, gateway: GatewayTraits, path: string | undefined) =>
  path === undefined
    ? Effect.succeed(job)
    : Effect.flatMap(
        Effect.promise(() => import("./factsOfFile.ts")),
        ({ factsOfFile }) => Effect.map(factsOfFile(job, gateway, path), (facts) => ({ ...job, facts })),
      );

const worstOf = ({ range }: Quote, retries: number) =>
  retries === 0 || range === "unknown" ? undefined : times(nanoUsd(range.high), BigInt(retries + 1));

/** What would make the price known, in the words of the command line. */
const missingIn = ({ pipeline }: Job, { units, why }: Quote): string => {
  if (units !== "unknown") return why.find((sentence) => sentence.includes("no rate")) ?? "There is no rate for it.";
  if (billedByImage.has(pipeline)) return "It is billed by the input's pixels: give --file, or --width and --height.";
  if (pipeline === "audio-to-text") return "It is billed by the second: give --file, or --seconds (1 or more).";
  if (pipeline === "text-to-speech") return "It is billed by the text: give --text or --characters.";
  return "It is billed by the second: give --seconds.";
};

const strangeModel = ({ pipeline, request }: Job): ReadonlyArray<string> => {
  const model = request.model ?? request.model_id ?? "";
  if (findModel(pipeline, model) !== undefined) return [];
  const meant = nearestModel(pipeline, model);
  return [`"${model}" is in no list of models for ${pipeline}${meant === undefined ? "" : `; did you mean ${meant}?`}`];
};

const resultOf = (
  { request }: Job,
  quoted: Quote,
  gateway: GatewayTraits,
  worst: ReturnType<typeof worstOf>,
): CostEstimate => {
  const { pipeline, model, units, unit, amount, range, rate, charges, why } = quoted;
  const usd = amount === "unknown" ? amount : toUsd(amount);
  return {
    message: amount === "unknown" ? "the price is unknown" : `${formatUsd(amount)} for a call of ${pipeline}`,
    ...{ gateway: gateway.name, pipeline, model: model ?? request.model_id ?? null, unit, usd, charges },
    units: units === "unknown" ? units : Number(units),
    rate: rate === undefined ? null : { label: rate.label, source: rate.source, asOf: rate.asOf },
    range: range === "unknown" ? range : { low: toUsd(range.low), high: toUsd(range.high) },
    ...(worst === undefined ? {} : { worst: toUsd(worst) }),
    why: [...why],
  };
};
