/** A gateway as data: where it is, how it wants to be spoken to, what it offers, what it asks, and what is known of it. */
import type { Dialect } from "@sluice/errors";
import * as z from "zod";
import { pipelineNames } from "../Pipeline.ts";
import { pipelines } from "../pipelines/pipelines.ts";
import { isoDate, PriceCard } from "./PriceCard.ts";

const dialects = ["go-livepeer", "studio", "runner", "generic"] as const satisfies ReadonlyArray<Dialect>;

/** A statement about a gateway, with where and when it was read. */
const note = z.strictObject({ text: z.string().min(1), source: z.string().min(1), asOf: isoDate }).readonly();

const rateLimit = z
  .strictObject({
    requests: z.int().min(1),
    perSeconds: z.int().min(1),
    of: z.enum(["key", "user", "address"]).describe("Whose requests are counted together."),
  })
  .readonly();

/** Everything but where it is. */
export const gatewayTraits = z.strictObject({
  name: z.string().regex(/^\S+$/, "must be a name without spaces").describe("What a user calls it."),
  auth: z
    .enum(["none", "optional", "required"])
    .describe(
      "`none`: a key is never sent there; `optional`: sent when there is one; `required`: no call without one.",
    ),
  dialect: z.enum(dialects).describe("How it says that something went wrong."),
  pipelines: z.array(z.enum(pipelineNames)).min(1).readonly(),
  uploadLimitBytes: z.int().min(1).optional().describe("The largest file that it takes; absent: it sets no limit."),
  jsonLimitBytes: z.int().min(1).optional().describe("The longest JSON body that it takes; absent: it sets no limit."),
  unknownFields: z
    .partialRecord(z.enum(pipelineNames), z.array(z.string()).readonly())
    .readonly()
    .superRefine((refused, context) => {
      for (const pipeline of pipelineNames) {
        const { modelField } = pipelines[pipeline];
        if (refused[pipeline]?.includes(modelField) !== true) continue;
        const fix = "Leave it out of the list, and name the gateway's model in defaultModels.";
        const message = `must not hold ${modelField}, without which nobody knows what is called`;
        context.addIssue({ code: "custom", path: [pipeline], message, params: { fix } });
      }
    })
    .describe("Documented fields that it refuses, by pipeline."),
  formText: z
    .enum(["kept", "coerced"])
    .describe("`coerced`: it reads a text field of a form as a number or a boolean when it begins like one."),
  llm: z
    .enum(["json", "form"])
    .describe("How it takes llm: OpenAI's messages as JSON, or the old form with `prompt` and `history`."),
  streaming: z.enum(["streamed", "buffered"]).describe("Whether tokens arrive as they come, or all at the end."),
  rateLimit: rateLimit.optional().describe("What it is known to allow; absent: nothing is known."),
  defaultModels: z
    .partialRecord(z.enum(pipelineNames), z.string().min(1))
    .readonly()
    .describe("Sent when a caller names no model; else the catalog's."),
  charges: z.enum(["usage", "nothing"]).describe("`nothing`: it is free to its callers, whatever the network is paid."),
  prices: PriceCard.optional().describe("What it asks; absent: Livepeer's indicative rates."),
  stage: z
    .enum(["development", "production"])
    .describe("`development`: without a service level; refused where the environment is production."),
  status: z.enum(["supported", "legacy", "retired"]),
  notes: z.array(note).readonly(),
});

export type GatewayTraits = Readonly<z.output<typeof gatewayTraits>>;
export type Note = z.output<typeof note>;

export interface GatewayProfile extends GatewayTraits {
  /** Without a slash at the end. */
  readonly baseUrl: string;
}
