/** Shapes that several pipelines answer with, their fields in the order in which go-livepeer writes them. */
import * as z from "zod";

/** Of images, and of videos too: real gateways answer both under `images`. */
export const pictures = z.object({
  images: z.array(
    z.object({
      nsfw: z.boolean().optional(),
      seed: z.int().optional(),
      url: z.string().min(1).describe("Where the file is; gateways keep it only for a short time."),
    }),
  ),
});
