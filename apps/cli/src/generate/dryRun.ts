/** `--dry-run`: what would be sent, to whom, and what it would cost. Nothing is sent. */
import type { CallInput, Cost, GatewayClientShape } from "@sluice/core/effect";
import { type GatewayError, PolicyRefused, type Subject } from "@sluice/errors";
import { type InputOf, pipelines, prepare, readMedia, type Upload } from "@sluice/models";
import * as Effect from "effect/Effect";
import { openAsBlob } from "node:fs";
import { keyOf } from "../credentials/keyOf.ts";
import type { Failed } from "../failures/Failed.ts";
import { dollars } from "../output/dollars.ts";
import { Output } from "../output/Output.ts";
import { size } from "../output/size.ts";
import type { Settings } from "../settings/Settings.ts";
import { curlOf, keyVariable, type PlainRequest } from "./curl.ts";
import { type BatchPipeline, fieldsOf, fileFieldOf, type Generation } from "./Generation.ts";
import type { Request } from "./request.ts";

export const showRequest = <Name extends BatchPipeline>(
  { pipeline, input: given }: Generation<Name>,
  settings: Settings,
  client: GatewayClientShape,
  request: Request<Name>,
): Effect.Effect<void, GatewayError | Failed, Output> =>
  Effect.gen(function* () {
    const output = yield* Output;
    const { cost, subject } = yield* quoted(client, pipeline, request.input);
    const fields = fieldsOf(given);
    const field = fileFieldOf(fields);
    const path = field === undefined ? undefined : String(fields[field]);
    const [profile] = client.profiles;
    if (profile === undefined) return yield* Effect.die(new Error("a client has a gateway"));
    const upload: Upload | undefined =
      request.piped ?? (path === undefined ? undefined : yield* Effect.promise(() => openAsBlob(path)));
    const input = { ...request.input, ...(field === undefined ? {} : { [field]: upload }) } as unknown as InputOf<Name>;
    const facts = yield* Effect.promise(() => readMedia(pipeline, input));
    const prepared = prepare(pipeline, input, { profile, facts, timeoutMs: settings.timeout.value });
    if (!prepared.ok) return yield* Effect.die(new Error("the client has taken the same request"));
    const { [field ?? ""]: _, ...sent } = prepared.request as Readonly<Record<string, unknown>>;
    const key = profile.auth === "none" ? undefined : yield* keyOf(settings);
    const plain: PlainRequest = {
      url: profile.baseUrl.replace(/\/$/, "") + pipelines[pipeline].path,
      isKeyed: key !== undefined || profile.auth === "required",
      fields: withoutNothing(sent),
      ...(field === undefined || path === undefined ? {} : { file: { field, path } }),
    };
    const curl = curlOf(plain);
    output.product(textOf(plain, curl, subject, cost));
    for (const { path, message, fix } of prepared.warnings) output.note(`! ${path} ${message}. ${fix}`);
    output.done({
      message: `this call would cost ${priceOf(cost)}; nothing was sent`,
      dryRun: true,
      request: { method: "POST", url: plain.url, fields: plain.fields, file: plain.file ?? null },
      curl,
      gateway: subject.gateway,
      model: subject.model ?? "",
      cost,
      warnings: prepared.warnings,
    });
  });

/** The call itself finds its price and its mistakes, and is refused at the last moment. */
const quoted = <Name extends BatchPipeline>(
  client: GatewayClientShape,
  pipeline: Name,
  input: CallInput<Name>,
): Effect.Effect<{ readonly cost: Cost; readonly subject: Subject }, GatewayError> => {
  let found: { readonly cost: Cost; readonly subject: Subject; readonly error: GatewayError } | undefined;
  const approve = (cost: Cost, subject: Subject): GatewayError => {
    const error = new PolicyRefused({ ...subject, rule: "dry-run", reason: "nothing is sent", remedy: "None." });
    found = { cost, subject, error };
    return error;
  };
  return Effect.flip(client.run(pipeline, input, { approve })).pipe(
    Effect.mapError(() => new Error("a dry run has sent its request")),
    Effect.orDie,
    Effect.flatMap((error) => (found?.error === error ? Effect.succeed(found) : Effect.fail(error))),
  );
};

const withoutNothing = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const priceOf = ({ usd, charges }: Cost): string => {
  if (usd === "unknown") return "an amount that nobody knows";
  return charges === "nothing" ? `nothing (${dollars(usd)} elsewhere)` : dollars(usd);
};

const textOf = ({ url, isKeyed, fields, file }: PlainRequest, curl: string, subject: Subject, cost: Cost): string => {
  const { units, unit, usd, charges, rate } = cost;
  const free = charges === "nothing" ? " elsewhere; free here" : "";
  return [
    `POST ${url}`,
    ...(isKeyed ? [`Authorization: Bearer ${keyVariable}`] : []),
    `Content-Type: ${file === undefined ? "application/json" : "multipart/form-data"}`,
    "",
    JSON.stringify({ ...fields, ...(file === undefined ? {} : { [file.field]: `@${file.path}` }) }, undefined, 2),
    "",
    curl,
    "",
    `gateway    ${subject.gateway}`,
    `model      ${subject.model ?? ""}`,
    `units      ${String(units)} ${unit} (${size(units, unit)})`,
    `cost       ${usd === "unknown" ? "unknown" : `$${usd} (${dollars(usd)})${free}`}`,
    ...(rate === undefined ? [] : [`rate       ${rate.label}, ${rate.asOf}, ${rate.source}`]),
    "",
  ].join("\n");
};
