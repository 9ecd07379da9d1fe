import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";
import { reasonOf } from "../flags.ts";
import { lazily } from "../lazily.ts";
import { call, output } from "./delivery.ts";
import { type FieldsOf, image, listed, model, numbers } from "./fields.ts";

const points = Flag.String("point").pipe(
  Flag.mapTryCatch(numbers(2, "320,240"), reasonOf),
  Flag.withMetavar("x,y"),
  Flag.withDescription("A point in the thing, in pixels; repeatable"),
  Flag.atLeast(0),
  Flag.withDefault([]),
);

const labels = Flag.Literals("label", ["1", "0"]).pipe(
  Flag.withDescription("For each point, 1: in the thing; 0: behind it (default: all 1)"),
  Flag.atLeast(0),
  Flag.withDefault([]),
);

const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.optional);

const input = {
  image,
  model_id: model,
  point_coords: points,
  point_labels: labels,
  box: Flag.String("box").pipe(
    Flag.mapTryCatch(numbers(4, "10,20,300,400"), reasonOf),
    Flag.withMetavar("left,top,right,bottom"),
    Flag.withDescription("A box around the thing, in pixels"),
    Flag.optional,
    Flag.map(Option.map((box) => JSON.stringify(box))),
  ),
  mask_input: Flag.FileText("mask-input").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("A JSON file with the logits of an earlier mask"),
    Flag.optional,
  ),
  multimask_output: toggle("multimask", "Three masks where the points leave it open (default), or --no-multimask"),
  return_logits: toggle("logits", "Masks as logits (default), or --no-logits: of zeros and ones"),
  normalize_coords: toggle("normalize", "Points and boxes are in pixels of the image (default), or --no-normalize"),
} satisfies FieldsOf<"segment-anything-2">;

const format = Flag.Literals("format", ["png", "json"]).pipe(
  Flag.withAlias("f"),
  Flag.withDescription("png: a grey picture each and a list of scores; json: all numbers (default png)"),
  Flag.withDefault("png"),
);

const run = lazily(() => import("../../generate/masks.ts"));

export const segmentAnything2 = Command.make(
  "segment-anything-2",
  {
    input,
    format,
    output: output("A folder or a file; - for JSON on stdout (default: the setting output_folder)"),
    ...call,
  },
  ({ input: { point_coords, point_labels, ...rest }, ...given }) => {
    const said = point_labels.length === 0 ? point_coords.map(() => 1) : point_labels.map(Number);
    const input = { ...rest, point_coords: listed(point_coords), point_labels: listed(said) };
    return run({ pipeline: "segment-anything-2", input, ...given });
  },
).pipe(
  Command.withAlias("sam2"),
  Command.withDescription("Cut things out of an image: a mask for what points or a box show"),
  Command.withExamples([
    { command: "sluice generate segment-anything-2 dog.png --point 320,240 -o masks/" },
    { command: "sluice gen sam2 dog.png --box 10,20,300,400 --format json | jq .scores" },
  ]),
);
