/** What callers may ask of Sluice itself: what a call would cost, and which models there are and how warm. */
import { type FieldError, InvalidRequest } from "@sluice/errors";
import { nearest, type PipelineName, pipelineNames, pipelines, readMedia, unitNames } from "@sluice/models";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";
import type { Exchange } from "../calls/Calls.ts";
import { inJson, problems } from "../http/describe.ts";
import type { Form } from "../http/Form.ts";
import { formReader } from "../native/formInput.ts";
import type { Upstream } from "../Upstream.ts";
import { KnownModel, knownModels } from "./knownModels.ts";
import type { WarmthLog } from "./WarmthLog.ts";

export interface PlatformPorts {
  readonly upstream: Upstream;
  readonly warmth: WarmthLog;
  readonly receiveForm: (exchange: Exchange) => Promise<Form>;
}

const Asked = z.strictObject({
  pipeline: z.enum(pipelineNames),
  input: z.record(z.string(), z.unknown()).describe("The fields of the pipeline's request."),
});

const AskedInForm = z
  .looseObject({ pipeline: z.enum(pipelineNames) })
  .describe("Beside `pipeline`, the fields of the pipeline's request.");

const Estimate = z.object({
  units: z.union([z.int(), z.string()]).describe("Text when nobody can know, or when a number would not be exact."),
  unit: z.enum(unitNames),
  usd: z.string().describe("Exact, as a decimal; or `unknown`, which is not zero."),
  charges: z
    .enum(["usage", "nothing"])
    .describe("`nothing`: the gateway is free, and `usd` is what it costs elsewhere."),
  rate: z.object({ label: z.string(), source: z.string(), asOf: z.string() }).optional(),
});

export const platformRoutes =
  ({ upstream, warmth, receiveForm }: PlatformPorts): FastifyPluginCallbackZod =>
  (app, _, done) => {
    const { gateway } = upstream;
    const readers = Object.fromEntries(pipelineNames.map((name) => [name, formReader(name, gateway)])) as {
      readonly [Name in PipelineName]: ReturnType<typeof formReader<Name>>;
    };

    const refuse = (field: FieldError): never => {
      throw new InvalidRequest({ gateway, pipeline: "estimate", status: null, fields: [field] });
    };

    const pipelineIn = (given: unknown): PipelineName => {
      const name = typeof given === "string" ? given : "";
      const found = pipelineNames.find((one) => one === name);
      const fix = `Did you mean ${nearest(name, pipelineNames) ?? "text-to-image"}?`;
      return found ?? refuse({ path: "pipeline", message: `must be one of ${pipelineNames.join(", ")}`, fix });
    };

    /** The pipeline and its input, from JSON, or from a form as the pipeline's own with its name beside. */
    const asked = async (exchange: Exchange): Promise<readonly [PipelineName, object]> => {
      if (!exchange.request.isMultipart()) {
        const body = exchange.request.body as { readonly pipeline?: unknown; readonly input?: unknown } | null;
        const pipeline = pipelineIn(body?.pipeline);
        const input = body?.input;
        if (typeof input !== "object" || input === null) {
          return refuse({ path: "input", message: "must be an object", fix: "Give the pipeline's fields." });
        }
        const [other] = Object.keys(body ?? {}).filter((name) => !Object.hasOwn(Asked.shape, name));
        if (other !== undefined) {
          return refuse({ path: other, message: "is not a field of this request", fix: "Put it into `input`." });
        }
        return [pipeline, input];
      }
      const { texts, files } = await receiveForm(exchange);
      const { pipeline: [name] = [], ...others } = Object.fromEntries(texts);
      const pipeline = pipelineIn(name);
      return [pipeline, readers[pipeline]({ texts: new Map(Object.entries(others)), files })];
    };

    app.post(
      "/sluice/v1/estimate",
      {
        schema: {
          summary: "What a call would cost, before it is made",
          description:
            "Of a pipeline that takes a file, send the form that the pipeline takes, with `pipeline` as one more field.",
          operationId: "estimate",
          tags: ["Sluice"],
          body: { content: { "application/json": { schema: Asked }, "multipart/form-data": { schema: AskedInForm } } },
          response: { 200: inJson("The price.", Estimate), ...problems },
        },
      },
      async (request, reply) => {
        const [pipeline, input] = await asked({ request, reply });
        const { modelField } = pipelines[pipeline];
        const facts = await readMedia(pipeline, { [modelField]: "", ...input });
        const cost = upstream.estimate(pipeline, input, facts);
        return reply
          .type("application/json; charset=utf-8")
          .serializer(JSON.stringify)
          .send(cost as unknown as z.infer<typeof Estimate>);
      },
    );

    app.get(
      "/sluice/v1/models",
      {
        schema: {
          summary: "The models of the gateways behind this service, and how warm they are",
          operationId: "listKnownModels",
          tags: ["Sluice"],
          response: { 200: inJson("The models.", z.object({ models: z.array(KnownModel) })), ...problems },
        },
      },
      () => ({ models: [...knownModels(upstream.profiles, warmth.evidence, Date.now())] }),
    );
    done();
  };
