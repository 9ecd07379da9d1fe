/** segment-anything-2: masks of the things in an image, by points, a box or an earlier mask. All travel as JSON in strings. */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { file, modelOf, parseJson } from "./fields.ts";

/** Numbers in lists, or in lists of lists, as deep as a batch of masks. */
const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.flat(4).every((item) => Number.isFinite(item));

/** Numbers as JSON in a string. */
const list = (example: string) => {
  const error = `must be a list of numbers as JSON in a string, such as '${example}'`;
  return z
    .string(error)
    .refine((given) => isNumbers(parseJson(given)), {
      error,
      params: { fix: `Send it as text, with JSON.stringify: '${example}'.` },
      // The labels are counted only where both lists can be read.
      abort: true,
    })
    .optional();
};

const lengthOf = (given: string | undefined): number => (given === undefined ? 0 : (parseJson(given) as []).length);

const input = z
  .strictObject({
    image: file("The image to segment: PNG, JPEG or GIF."),
    model_id: modelOf("segment-anything-2"),
    point_coords: list("[[120,100]]").describe("Points as [x, y], in pixels."),
    point_labels: list("[1]").describe("For each point, 1: in the thing; 0: behind it."),
    box: list("[10,20,300,400]").describe("Left, top, right and bottom, in pixels."),
    mask_input: list("[[[0.0]]]").describe("A mask of low resolution, from an earlier answer."),
    multimask_output: z.boolean().default(true).describe("Three masks where the prompt is ambiguous."),
    return_logits: z.boolean().default(true).describe("Logits rather than masks of zeros and ones."),
    normalize_coords: z.boolean().default(true).describe("Points and boxes are in pixels of the image."),
  })
  .refine(({ point_coords, point_labels }) => lengthOf(point_coords) === lengthOf(point_labels), {
    path: ["point_labels"],
    error: "must hold one label for each point of point_coords",
    params: { fix: "Give a 1 or a 0 for each point." },
  });

const output = z
  .object({ logits: z.string(), masks: z.string(), scores: z.string() })
  .describe("Each a list in a string, which JSON.parse reads.");

export type SegmentAnything2Input = z.input<typeof input>;
export type SegmentAnything2Request = z.output<typeof input>;
export type SegmentAnything2Output = z.output<typeof output>;

export const SegmentAnything2 = {
  name: "segment-anything-2",
  path: "/segment-anything-2",
  wire: "multipart",
  modelField: "model_id",
  fileField: "image",
  media: { in: "image", out: "masks" },
  unit: "pixel",
  input,
  output,
} as const satisfies Pipeline<"segment-anything-2", typeof input, typeof output>;
