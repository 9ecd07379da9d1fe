import { assert, describe, it } from "vitest";
import { statusOf } from "../ask.ts";
import { png } from "./files.ts";
import { answerOf, askFor, refusedWith } from "./requests.ts";

interface Masks {
  readonly logits: string;
  readonly masks: string;
  readonly scores: string;
}

const shapeOf = (text: string): ReadonlyArray<number> => {
  const shape: Array<number> = [];
  for (let value: unknown = JSON.parse(text); Array.isArray(value); value = value[0] as unknown)
    shape.push(value.length);
  return shape;
};

describe("segment-anything-2", () => {
  it("answers with three lists, as Python prints them", async () => {
    const { heard, said } = await askFor("segment-anything-2");
    const answer = answerOf<Masks>(heard);
    assert.match(said, /^\{"logits":"\[\[\[.*\]\]\]","masks":"\[\[\[.*\]\]\]","scores":"\[0\.98, 0\.61, 0\.32\]"\}\n$/);
    assert.deepStrictEqual(
      [shapeOf(answer.masks), shapeOf(answer.logits)],
      [
        [3, 8, 8],
        [3, 8, 8],
      ],
    );
    assert.match(answer.masks, /^\[\[\[([01]\.0(, |\], \[|\]\], \[\[|\]\]\]))+$/);
    assert.include(answer.masks, "1.0");
    assert.include(answer.masks, "0.0");
  });

  it("has one mask where that is asked for", async () => {
    const { heard } = await askFor("segment-anything-2", { multimask_output: false });
    const answer = answerOf<Masks>(heard);
    assert.deepStrictEqual([answer.scores, shapeOf(answer.masks)], ["[0.98]", [1, 8, 8]]);
  });

  it("meters the pixels of the image", async () => {
    assert.strictEqual((await askFor("segment-anything-2", {}, png(1024, 1024))).units, 1_048_576);
  });

  const table: ReadonlyArray<readonly [fields: Record<string, string>, message: string]> = [
    [{ point_coords: "120,100" }, "Error parsing JSON for point_coords: Extra data: line 1 column 4 (char 3)"],
    [{ point_labels: "[1" }, "Error parsing JSON for point_labels: Expecting ',' delimiter: line 1 column 3 (char 2)"],
    [{ box: "[1,]" }, "Error parsing JSON for box: Expecting value: line 1 column 4 (char 3)"],
    [{ mask_input: "none" }, "Error parsing JSON for mask_input: Expecting value: line 1 column 1 (char 0)"],
    // In the runner's order.
    [{ box: "x", point_coords: "y" }, "Error parsing JSON for point_coords: Expecting value: line 1 column 1 (char 0)"],
    [
      { point_coords: "[[1,2]]" },
      "Error during model execution: point_labels must be supplied if point_coords is supplied..",
    ],
    [
      { point_coords: "[[1,2],[3,4]]", point_labels: "[1]" },
      "Error during model execution: The shape of the mask [1, 2] at index 1 does not match the shape of the indexed tensor [1, 3, 256] at index 1.",
    ],
  ];
  for (const [fields, message] of table) {
    it(`refuses ${JSON.stringify(fields)}`, async () => {
      refusedWith((await askFor("segment-anything-2", fields)).heard, `: ${message}`);
    });
  }

  it("ends as `200 null` when a list is too deep for the runner", async () => {
    for (const field of ["point_coords", "mask_input"]) {
      assert.strictEqual((await askFor("segment-anything-2", { [field]: "[".repeat(100_000) })).said, "null\n");
    }
  });

  it("takes points with as many labels, a box, and what is empty", async () => {
    for (const fields of [
      { point_coords: "[[120,100]]", point_labels: "[1]" },
      { box: "[0, 0, 10, 10]", point_coords: "" },
      { point_labels: "[1]" },
    ]) {
      assert.strictEqual(statusOf((await askFor("segment-anything-2", fields)).heard), 200);
    }
  });
});
