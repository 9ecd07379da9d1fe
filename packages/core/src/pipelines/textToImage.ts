/** text-to-image as a call: parsed, priced and refused here if it must be; then sent, and its answer read. */
import {
  type Answer,
  type FieldError,
  type GatewayError,
  InvalidRequest,
  jsonOf,
  MalformedResponse,
  PipelineNotOffered,
  PipelineRetired,
  type Policy,
  PriceExceeded,
  type RetryBucket,
  type Subject,
  withSent,
} from "@sluice/errors";
import {
  fieldErrors,
  type Finding,
  prepare,
  TextToImage,
  type TextToImageInput,
  type TextToImageOutput,
} from "@sluice/models";
import { quote as quoteOf, toUsd } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import type { OnEvent } from "../call/CallEvent.ts";
import { type CallMeta, metaOf } from "../call/CallMeta.ts";
import { costOf } from "../call/Cost.ts";
import { runCall } from "../call/runCall.ts";
import { mediaUrl } from "../media/mediaUrl.ts";
import { readLimits, type Target } from "../Target.ts";
import type { Transport } from "../transport/Transport.ts";

export interface GeneratedImage {
  /** Absolute. Gateways keep the file for a short time only. */
  readonly url: string;
  readonly seed?: number;
  readonly nsfw?: boolean;
}

export interface TextToImageResult {
  readonly images: ReadonlyArray<GeneratedImage>;
  readonly meta: CallMeta;
}

export interface CallOptions {
  /** The deadline of this call, in milliseconds, over all attempts, waits and the body. */
  readonly timeoutMs?: number | undefined;
  /** In USD; a dearer call is refused before it is sent. */
  readonly maxCostUsd?: string | number | undefined;
  readonly onEvent?: OnEvent | undefined;
}

/** How a client retries: one bucket for all its calls. */
export interface Retrying {
  readonly policy: Policy;
  readonly bucket: RetryBucket.RetryBucket;
}

/** Answers hold URLs, not images. */
const maxAnswerBytes = 1_048_576;

export const textToImage = (
  transport: Transport["Service"],
  target: Target,
  { policy, bucket }: Retrying,
  observers: ReadonlyArray<OnEvent>,
  input: TextToImageInput,
  options: CallOptions,
): Effect.Effect<TextToImageResult, GatewayError> => {
  const { profile } = target;
  const gateway = profile.name;
  const pipeline = TextToImage.name;
  const limits = readLimits(options, target.limits);
  const { timeoutMs, maxCost } = limits.value;
  const prepared = prepare(pipeline, input, { profile, timeoutMs });
  if (!prepared.ok || limits.fields.length > 0) {
    const findings = prepared.ok ? [] : prepared.findings;
    return Effect.fail(refusalOf(target, findings, limits.fields, input));
  }
  const { request, warnings } = prepared;
  const subject: Subject = { gateway, pipeline, model: request.model_id };
  const quote = quoteOf({ pipeline, request }, target);
  if (maxCost !== undefined && (quote.amount === "unknown" || quote.amount > maxCost)) {
    const quotedUsd = quote.amount === "unknown" ? "unknown" : toUsd(quote.amount);
    return Effect.fail(
      new PriceExceeded({ ...subject, quotedUsd, maxCostUsd: toUsd(maxCost), charges: quote.charges }),
    );
  }
  const cost = costOf(quote);
  const call = runCall(transport, {
    subject,
    cost,
    warnings,
    dialect: profile.dialect,
    request: {
      method: "POST",
      origin: target.origin,
      path: target.basePath + TextToImage.path,
      headers: target.jsonHeaders,
      body: JSON.stringify(request),
      maxBytes: maxAnswerBytes,
    },
    secrets: target.secrets,
    timeoutMs,
    policy,
    bucket,
    input: request,
    observers: options.onEvent === undefined ? observers : [...observers, options.onEvent],
    decode: (answer) => decode(target, subject, answer),
  });
  return Effect.map(call, ({ result, log }) => ({
    images: result,
    meta: metaOf(log, { gateway, model: request.model_id, cost, warnings }),
  }));
};

/** A request that would fail, as the error that the gateway's answer would have been. */
const refusalOf = (
  { profile, secrets }: Target,
  findings: ReadonlyArray<Finding>,
  others: ReadonlyArray<FieldError>,
  input: unknown,
): GatewayError => {
  const subject: Subject = { gateway: profile.name, pipeline: TextToImage.name };
  const rules = findings.map(({ rule }) => rule);
  if (rules.includes("gateway-retired")) return new PipelineRetired(subject);
  if (rules.includes("pipeline-offered")) return new PipelineNotOffered({ ...subject, offers: profile.pipelines });
  const mistakes = findings.map(({ path, message, fix }) => ({ path, message, fix }));
  const fields = [...withSent(mistakes, input, secrets), ...others];
  return new InvalidRequest({ ...subject, status: null, fields });
};

const decode = (
  { profile }: Target,
  subject: Subject,
  answer: Answer,
): ReadonlyArray<GeneratedImage> | MalformedResponse => {
  const { status } = answer;
  const malformed = (reason: string) => new MalformedResponse({ ...subject, status, reason });
  const parsed = TextToImage.output.safeParse(jsonOf(answer));
  if (!parsed.success) {
    const [first] = fieldErrors(parsed.error);
    return malformed(`its body is not a ${subject.pipeline} answer (${first?.path ?? ""}: ${first?.message ?? ""})`);
  }
  const resolved = parsed.data.images.map((image) => resolveImage(profile.baseUrl, image));
  return resolved.every((image) => image !== undefined) ? resolved : malformed("an image has no usable URL");
};

const resolveImage = (baseUrl: string, image: TextToImageOutput["images"][number]): GeneratedImage | undefined => {
  const url = mediaUrl(baseUrl, image.url);
  if (url === undefined) return undefined;
  const { seed, nsfw } = image;
  return { url, ...(seed === undefined ? {} : { seed }), ...(nsfw === undefined ? {} : { nsfw }) };
};
