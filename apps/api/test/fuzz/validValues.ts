/** Values that a schema allows. Pictures are tiny and models are known, so that the emulator answers at once. */
import fc from "fast-check";
import type { Schema } from "./Description.ts";

/** Stands for a file until a form is written. */
export class FilePart {
  readonly kind: "picture" | "sound" | "junk";

  constructor(kind: FilePart["kind"]) {
    this.kind = kind;
  }
}

export const modelFields: ReadonlySet<string> = new Set(["model", "model_id"]);

const soundFields: ReadonlySet<string> = new Set(["audio", "file"]);

/** Always given: what a gateway draws when they are absent is large. */
const tiny: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  width: fc.constantFrom(64, 72),
  height: fc.constantFrom(64, 72),
  size: fc.constantFrom("64x64", "72x64"),
};

/** What the document cannot say of a field, or what would take long. */
const usual: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  num_images_per_prompt: fc.integer({ min: 1, max: 2 }),
  n: fc.constant(1),
  num_inference_steps: fc.integer({ min: 1, max: 4 }),
  voice: fc.constantFrom("alloy", "nova", "a low, calm voice"),
  loras: fc.constant("{}"),
  point_coords: fc.constant("[[120,100]]"),
  point_labels: fc.constant("[1]"),
  box: fc.constant("[1,2,30,40]"),
  mask_input: fc.constant("[[[0.0]]]"),
};

const words = fc.array(fc.constantFrom("a", "red", "fox", "über", "雪", "🦊", "sings"), { minLength: 1, maxLength: 6 });
const sentence = words.map((all) => all.join(" "));

/** Of an object: each of its fields that must be there, and some others. */
export const fieldsOf = (schema: Schema, follow: (schema: Schema) => Schema, models: ReadonlyArray<string>) => {
  const valueOf = (inner: Schema, name = ""): fc.Arbitrary<unknown> => {
    const own = tiny[name] ?? usual[name];
    if (own !== undefined && !isChoice(inner)) return own;
    if (modelFields.has(name)) return fc.constantFrom(...models);
    const followed = follow(inner);
    if (followed.format === "binary") return fc.constant(new FilePart(soundFields.has(name) ? "sound" : "picture"));
    if (followed.enum !== undefined) return fc.constantFrom(...followed.enum);
    if (followed.anyOf !== undefined) return fc.oneof(...followed.anyOf.map((one) => valueOf(one)));
    return typeof followed.type === "string"
      ? ofType(followed.type, followed)
      : fc.oneof(...(followed.type ?? ["string", "null"]).map((type) => ofType(type, followed)));
  };

  const ofType = (type: string, inner: Schema): fc.Arbitrary<unknown> => {
    switch (type) {
      case "object":
        return inner.properties === undefined
          ? fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("x", 1, true), { maxKeys: 2 })
          : objectOf(inner);
      case "array":
        return fc.array(inner.items === undefined ? sentence : valueOf(inner.items), lengthsOf(inner));
      case "integer":
      case "number":
        return numberOf(type, inner);
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      default:
        return textOf(inner);
    }
  };

  const objectOf = ({ properties = {}, required = [] }: Schema) =>
    fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOf(one, name)])), {
      requiredKeys: Object.keys(properties).filter((name) => required.includes(name) || name in tiny),
    });

  return objectOf(follow(schema)) as fc.Arbitrary<Readonly<Record<string, unknown>>>;
};

/** Such as an edit's size, which is `auto`. */
const isChoice = ({ anyOf = [] }: Schema): boolean => anyOf.some((one) => one.enum !== undefined);

const lengthsOf = ({ minItems = 0, maxItems = minItems + 3 }: Schema) => ({
  minLength: minItems,
  maxLength: Math.min(maxItems, minItems + 3),
});

const numberOf = (type: string, { minimum = -1_000, maximum = 1_000, multipleOf = 1 }: Schema) => {
  if (type === "number") return fc.double({ min: minimum, max: maximum, noNaN: true });
  const steps = { min: Math.ceil(minimum / multipleOf), max: Math.floor(maximum / multipleOf) };
  return fc.integer(steps).map((step) => step * multipleOf);
};

const textOf = ({ format }: Schema): fc.Arbitrary<unknown> => {
  if (format === "uri") return fc.constantFrom("https://example.com/stream", "http://127.0.0.1:9/stream");
  return sentence;
};
