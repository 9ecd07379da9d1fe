/** The results of `sluice generate <pipeline>`, and of `sluice demo`, which is a call of text-to-image. */
import * as z from "zod";
import { callEvent, callFields, cost, warning } from "./call.ts";
import type { Printed } from "./results.ts";
import { success } from "./Result.ts";

const media = z.strictObject({
  file: z.string().describe("Where it is on this machine."),
  url: z.url().describe("Where it was; gateways keep it for a short time."),
  seed: z.number().optional(),
  nsfw: z.boolean().optional().describe("Whether the gateway's check took it for offensive."),
});

const dryRun = (command: string) =>
  success(command, {
    dryRun: z.literal(true),
    request: z.strictObject({
      method: z.literal("POST"),
      url: z.url(),
      fields: z.record(z.string(), z.unknown()).describe("As they are sent, by their names on the wire."),
      file: z.strictObject({ field: z.string(), path: z.string() }).nullable(),
    }),
    curl: z.string().describe("The same request; it reads the key from LIVEPEER_API_KEY."),
    gateway: z.string(),
    model: z.string(),
    cost,
    warnings: z.array(warning),
  });

const call = <Shape extends z.ZodRawShape>(command: string, shape: Shape) =>
  success(command, { ...callFields, files: z.array(z.string()).describe("What was written."), ...shape });

const generated = (command: string, shape: z.ZodRawShape): Printed => ({
  result: z.union([call(command, shape), dryRun(command)]),
  event: callEvent,
});

const images = { images: z.array(media) };

export const generateResults: Readonly<Record<string, Printed>> = {
  "generate text-to-image": generated("generate text-to-image", images),
  "generate image-to-image": generated("generate image-to-image", images),
  "generate upscale": generated("generate upscale", images),
  "generate image-to-video": generated("generate image-to-video", { videos: z.array(media) }),
  "generate text-to-speech": generated("generate text-to-speech", { audio: media }),
  "generate audio-to-text": generated("generate audio-to-text", {
    text: z.string(),
    chunks: z.array(
      z.strictObject({
        text: z.string(),
        timestamp: z.array(z.number().nullable()).describe("From and to, in seconds."),
      }),
    ),
  }),
  "generate image-to-text": generated("generate image-to-text", { text: z.string() }),
  "generate segment-anything-2": generated("generate segment-anything-2", {
    masks: z.array(
      z.strictObject({
        file: z.string().optional().describe("With --format png."),
        score: z.number().nullable(),
        width: z.number(),
        height: z.number(),
      }),
    ),
  }),
  demo: { result: call("demo", images), event: callEvent },
};
