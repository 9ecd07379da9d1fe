/** Drawn images as OpenAI answers them. */
import type { ResultOf } from "@sluice/core/effect";
import * as z from "zod";
import type { Calls, Exchange } from "../calls/Calls.ts";

export const ImagesAnswer = z
  .object({
    created: z.int().describe("Unix time in seconds."),
    data: z.array(
      z.object({
        url: z.string().optional().describe("Where the image is; it is kept for a short time."),
        b64_json: z.string().optional().describe("The image in base64, when asked for."),
      }),
    ),
    sluice: z
      .object({
        model: z.string().describe("The one that drew."),
        cost_usd: z.string().describe("Exact, as a decimal; or `unknown`."),
        seeds: z.array(z.int().nullable()).describe("Of each image: the same one draws it again."),
        nsfw: z
          .array(z.boolean().nullable())
          .describe("Whether each image was taken for offensive; null: not looked at."),
      })
      .describe("What OpenAI has no field for."),
  })
  .meta({ id: "OpenaiImages" });

export type ImagesAnswer = z.infer<typeof ImagesAnswer>;

/** `now` in Unix milliseconds. */
export const imageAnswer = async (
  { images, meta }: ResultOf<"text-to-image" | "image-to-image">,
  format: "url" | "b64_json",
  {
    exchange,
    calls,
    now,
  }: { readonly exchange: Exchange; readonly calls: Pick<Calls, "bytes">; readonly now: () => number },
): Promise<ImagesAnswer> => ({
  created: Math.floor(now() / 1_000),
  data: await Promise.all(
    images.map(async ({ url }) => {
      if (format === "url") return { url };
      return { b64_json: Buffer.from(await calls.bytes(exchange, { url })).toString("base64") };
    }),
  ),
  sluice: {
    model: meta.model,
    cost_usd: meta.cost.usd,
    seeds: images.map(({ seed }) => seed ?? null),
    nsfw: images.map(({ nsfw }) => nsfw ?? null),
  },
});
