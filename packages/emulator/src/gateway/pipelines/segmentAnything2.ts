/** segment-anything-2: masks as Python prints them, metered by the pixels of the image. */
import { metered, nullResult, type Reply, runnerError } from "../../Reply.ts";
import { formBatch } from "../Batch.ts";
import type { GoStruct, ParamsOf } from "../goStruct.ts";
import { imageSizeOf, type ImageSize } from "../media/imageSize.ts";
import { submit } from "../Orchestra.ts";
import { parsePythonJson } from "../pythonJson.ts";

const bodyGenSegmentAnything2 = {
  name: "BodyGenSegmentAnything2",
  fields: {
    box: "string",
    mask_input: "string",
    model_id: "string",
    multimask_output: "bool",
    normalize_coords: "bool",
    point_coords: "string",
    point_labels: "string",
    return_logits: "bool",
  },
} as const satisfies GoStruct;

type Params = ParamsOf<typeof bodyGenSegmentAnything2>;

export const segmentAnything2 = formBatch(bodyGenSegmentAnything2, "image", (orchestra, params, image) => {
  const size = imageSizeOf(image);
  return submit(orchestra, "segment-anything-2", params.model_id, size ? () => run(params, size) : nullResult);
});

/** In the order in which the runner parses them. */
const arrays = ["point_coords", "point_labels", "box", "mask_input"] as const;

const run = (params: Params, { width, height }: ImageSize): Reply => {
  const parsed: Partial<Record<(typeof arrays)[number], unknown>> = {};
  for (const name of arrays) {
    const text = params[name] ?? "";
    if (text === "") continue;
    const json = parsePythonJson(text);
    // Which the runner does not expect: a 500 of its own, and no orchestrator is left in the end.
    if (!json.ok && json.exception === "RecursionError") return nullResult;
    if (!json.ok) return runnerError(`Error parsing JSON for ${name}: ${json.message}`);
    parsed[name] = json.value;
  }
  const { point_coords: points, point_labels: labels } = parsed;
  if (points !== undefined && labels === undefined) {
    return executionError("point_labels must be supplied if point_coords is supplied.");
  }
  if (Array.isArray(points) && Array.isArray(labels) && points.length !== labels.length) {
    return executionError(
      `The shape of the mask [1, ${labels.length + 1}] at index 1 does not match the shape of the indexed tensor [1, ${points.length + 1}, 256] at index 1`,
    );
  }
  return metered(width * height, masks(params.multimask_output === false ? [0.98] : [0.98, 0.61, 0.32]));
};

/** The runner puts a full stop after whatever the model says. */
const executionError = (what: string): Reply => runnerError(`Error during model execution: ${what}.`);

/** Real masks are as large as the image, and real logits 256 x 256: a disc on 8 x 8 says as much in a test. */
const side = 8;

const masks = (scores: ReadonlyArray<number>): object => {
  const logits = scores.map((score) =>
    grid((x, y) => Math.round((4 * score + 1 - Math.hypot(x - 3.5, y - 3.5)) * 100) / 100),
  );
  return {
    logits: python(logits),
    masks: python(logits.map((rows) => rows.map((row) => row.map((logit) => (logit > 0 ? 1 : 0))))),
    scores: python(scores),
  };
};

const grid = (value: (x: number, y: number) => number): ReadonlyArray<ReadonlyArray<number>> =>
  Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_column, x) => value(x, y)));

/** A list of floats as Python's `str` shows it. */
const python = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  return Number.isInteger(value) ? `${String(value)}.0` : String(value);
};
