/** The objects are those of ajv 8 with its own defaults: one error, in this order, with these keys. */
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { studioPipelines } from "../../src/studio/schemas.ts";
import { firstError } from "../../src/studio/validate.ts";
import { statusOf } from "../ask.ts";
import { askStudio, imageRequest, refusedWith } from "./studio.ts";

const missing = (name: string) =>
  `{"instancePath":"","schemaPath":"#/required","keyword":"required","params":{"missingProperty":"${name}"},"message":"must have required property '${name}'"}`;
const additional = (name: string) =>
  `{"instancePath":"","schemaPath":"#/additionalProperties","keyword":"additionalProperties","params":{"additionalProperty":"${name}"},"message":"must NOT have additional properties"}`;
const type = (name: string, expected: string) =>
  `{"instancePath":"/${name}","schemaPath":"#/properties/${name}/type","keyword":"type","params":{"type":"${expected}"},"message":"must be ${expected}"}`;

describe("text-to-image is refused with ajv's first error, as a string", () => {
  const table: ReadonlyArray<readonly [fields: unknown, error: string]> = [
    [{}, missing("prompt")],
    [{ promt: "a fox" }, missing("prompt")],
    [{ prompt: 3, size: "1x1" }, additional("size")],
    [{ size: 1, style: 2, prompt: "a fox" }, additional("size")],
    [{ prompt: "a fox", width: "512" }, type("width", "integer")],
    [{ prompt: "a fox", width: 512.5 }, type("width", "integer")],
    [{ prompt: "a fox", width: null }, type("width", "integer")],
    [{ prompt: "a fox", safety_check: "true" }, type("safety_check", "boolean")],
    [{ prompt: "a fox", guidance_scale: "7.5" }, type("guidance_scale", "number")],
    ['{"prompt":"a fox","guidance_scale":1e999}', type("guidance_scale", "number")],
    [{ prompt: ["a fox"] }, type("prompt", "string")],
    [{ prompt: "a fox", loras: { a: 1 } }, type("loras", "string")],
    [{ seed: "b", width: "a", prompt: "a fox" }, type("width", "integer")],
    [{ seed: "b", prompt: 3 }, type("prompt", "string")],
    ['{"prompt":"a fox","__proto__":1}', additional("__proto__")],
    [
      [],
      '{"instancePath":"","schemaPath":"#/type","keyword":"type","params":{"type":"object"},"message":"must be object"}',
    ],
  ];
  for (const [fields, error] of table) {
    it(`${JSON.stringify(fields)}: ${error}`, async () => {
      refusedWith(await askStudio(imageRequest(fields)), 422, error);
    });
  }

  it("but not for a whole number with a point, an empty model_id, or a size that no model has", async () => {
    const heard = await askStudio(imageRequest('{"prompt":"a fox","width":8.0,"height":8}'));
    assert.strictEqual(statusOf(heard), 200);
    const { "text-to-image": schema } = studioPipelines;
    assert.isUndefined(firstError(schema, { prompt: "", model_id: "", width: -1, height: 1e6 }));
  });
});

describe("every pipeline", () => {
  const samples = { string: "a", integer: 1, number: 0.5, boolean: true } as const;

  for (const [name, schema] of Object.entries(studioPipelines)) {
    const full = Object.fromEntries(Object.entries(schema.properties).map(([field, kind]) => [field, samples[kind]]));

    it(`${name} takes all its fields, and needs only some`, () => {
      assert.isUndefined(firstError(schema, full));
      assert.isUndefined(firstError(schema, Object.fromEntries(schema.required.map((field) => [field, "a"]))));
      assert.isFalse(schema.required.some((field: string) => field === "model_id"));
    });

    it(`${name} names the field that is wrong, whichever it is`, () => {
      fc.assert(
        fc.property(fc.constantFrom(...Object.entries(schema.properties)), ([field, kind]) => {
          const wrong = firstError(schema, { ...full, [field]: kind === "string" ? 1 : "1" });
          assert.strictEqual(JSON.stringify(wrong), type(field, kind));
        }),
      );
      for (const field of schema.required)
        assert.strictEqual(JSON.stringify(firstError(schema, { ...full, [field]: undefined })), missing(field));
    });
  }
});
