/** A request to one gateway, made ready: parsed, checked, priced and refused here if it must be; or why it cannot be sent. */
import {
  type FieldError,
  type GatewayError,
  InvalidRequest,
  PipelineNotOffered,
  PipelineRetired,
  PolicyRefused,
  PriceExceeded,
  type Subject,
  withSent,
} from "@sluice/errors";
import {
  type Finding,
  type InputOf,
  type MediaFacts,
  nearestModel,
  type PipelineName,
  pipelines,
  prepare,
  type Prepared,
  type Upload,
} from "@sluice/models";
import { priceOf, toUsd } from "@sluice/pricing";
import type { Leg } from "../call/CallPlan.ts";
import { costOf } from "../call/Cost.ts";
import type { Engine } from "../Engine.ts";
import type { Route } from "../routes/Route.ts";
import type { ReadLimits } from "../settings/limits.ts";
import { multipart } from "../transport/multipart.ts";
import type { WireRequest } from "../transport/Transport.ts";
import { readAnswer } from "./readAnswer.ts";
import type { Results } from "./Results.ts";

export interface Ask<Name extends PipelineName> {
  readonly name: Name;
  readonly input: InputOf<Name>;
  /** Of the file that the input carries. */
  readonly facts: MediaFacts | undefined;
  readonly limits: ReadLimits;
  /** The whole deadline that was asked for, in milliseconds, where a file has used up some of it. */
  readonly askedTimeoutMs?: number;
}

/** Answers hold URLs, not files; but masks are lists of numbers, one for each pixel. In bytes. */
const usualAnswer = 1_048_576;
const longestAnswer: Partial<Record<PipelineName, number>> = {
  "segment-anything-2": 268_435_456,
  "audio-to-text": 16_777_216,
  llm: 16_777_216,
};

export const makeLeg = <Name extends PipelineName>(
  engine: Engine,
  route: Route,
  ask: Ask<Name>,
): Leg<Results[Name]> | GatewayError => {
  const { name, facts, limits, askedTimeoutMs } = ask;
  const { target, models } = route;
  const { profile } = target;
  const gateway = profile.name;
  const ownModel = models[name];
  const input = ownModel === undefined ? ask.input : { ...ask.input, [pipelines[name].modelField]: ownModel };
  if (profile.stage === "development" && engine.production) return unfit({ gateway, pipeline: name });
  const { timeoutMs, maxCost } = limits.value;
  const prepared = prepare(name, input, { profile, facts, timeoutMs: askedTimeoutMs ?? timeoutMs });
  if (!prepared.ok || limits.fields.length > 0) {
    return refusalOf(route, name, prepared.ok ? [] : prepared.findings, limits.fields, input);
  }
  const { warnings, request } = prepared;
  const model = modelIn(name, request);
  const subject: Subject = { gateway, pipeline: name, model };
  const price = priceOf({ pipeline: name, request, facts }, target);
  if (maxCost !== undefined && (price.amount === "unknown" || price.amount > maxCost)) {
    const quotedUsd = price.amount === "unknown" ? "unknown" : toUsd(price.amount);
    return new PriceExceeded({ ...subject, quotedUsd, maxCostUsd: toUsd(maxCost), charges: price.charges });
  }
  return {
    subject,
    dialect: profile.dialect,
    request: wireOf(route, prepared),
    secrets: target.secrets,
    input: request,
    cost: costOf(price),
    warnings,
    meant: () => (warnings.some(({ rule }) => rule === "model-known") ? nearestModel(name, model) : undefined),
    decode: (answer) => readAnswer(name, profile.baseUrl, subject, answer),
    standing: route.standings.of(name, model),
  };
};

export const modelIn = (name: PipelineName, request: object): string =>
  String((request as Readonly<Record<string, unknown>>)[pipelines[name].modelField]);

const wireOf = <Name extends PipelineName>(
  { target }: Route,
  { pipeline, request, facts }: Prepared<Name> & { readonly ok: true },
): WireRequest => {
  const taken = pipelines[pipeline];
  const { origin } = target;
  const path = target.basePath + taken.path;
  const maxBytes = longestAnswer[pipeline] ?? usualAnswer;
  if (!("fileField" in taken)) {
    return { method: "POST", origin, path, headers: target.jsonHeaders, body: JSON.stringify(request), maxBytes };
  }
  const { fileField: field } = taken;
  const { [field]: upload, ...fields } = request as Readonly<Record<string, unknown>>;
  const form = multipart({ fields, field, upload: upload as Upload, format: facts?.format });
  const headers = { ...target.mediaHeaders, accept: "application/json", "content-type": form.contentType };
  return { method: "POST", origin, path, headers, body: form.parts, maxBytes };
};

const unfit = (subject: Subject): PolicyRefused =>
  new PolicyRefused({
    ...subject,
    rule: "no-development-gateway",
    reason: "the development gateway is not for production",
    remedy: "Choose another gateway, or run in another environment than production.",
  });

/** A request that would fail, as the error that the gateway's answer would have been. */
const refusalOf = (
  { target: { profile, secrets } }: Route,
  pipeline: PipelineName,
  findings: ReadonlyArray<Finding>,
  others: ReadonlyArray<FieldError>,
  input: unknown,
): GatewayError => {
  const subject: Subject = { gateway: profile.name, pipeline };
  const rules = findings.map(({ rule }) => rule);
  if (rules.includes("gateway-retired")) return new PipelineRetired(subject);
  if (rules.includes("pipeline-offered")) return new PipelineNotOffered({ ...subject, offers: profile.pipelines });
  const mistakes = findings.map(({ path, message, fix }) => ({ path, message, fix }));
  return new InvalidRequest({ ...subject, status: null, fields: [...withSent(mistakes, input, secrets), ...others] });
};
