/**
 * Bad requests, planted: one mistake each, made from the JSON Schema of every pipeline's input, field by field, in lists
 * within too. Whatever a schema says of a field is broken once: that it is needed, its type, its bounds, its values.
 */
import * as z from "zod";
import { type FieldRule, type PipelineName, pipelineNames, pipelines } from "../../src/index.ts";
import type { Schema } from "../openapi/document.ts";
import { least } from "./given.ts";

export interface Planted {
  readonly pipeline: PipelineName;
  /** The field's path. */
  readonly path: string;
  readonly mistake: string;
  readonly rule: FieldRule;
  readonly input: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** A value of each JSON type, and those that JavaScript has besides. */
const values: ReadonlyArray<readonly [type: string, value: unknown]> = [
  ["null", null],
  ["boolean", true],
  ["number", 7.5],
  ["string", "{}"],
  ["array", []],
  ["object", {}],
  ["bigint", 7n],
  ["symbol", Symbol("7")],
  ["function", () => 7],
  ["date", new Date(0)],
];

const isFile = (schema: Schema): boolean => schema["format"] === "binary";

const typesOf = (schema: Schema): ReadonlyArray<unknown> => {
  if (isFile(schema)) return ["file"];
  const { type, anyOf } = schema as { readonly type?: unknown; readonly anyOf?: ReadonlyArray<Schema> };
  return anyOf?.flatMap(typesOf) ?? [type];
};

interface Mistake {
  readonly mistake: string;
  readonly rule: FieldRule;
  readonly value: unknown;
}

const wrongTypes = (schema: Schema): ReadonlyArray<Mistake> =>
  values
    .filter(([type]) => !typesOf(schema).includes(type) && (type !== "date" || !typesOf(schema).includes("object")))
    .map(([type, value]) => ({
      mistake: `a ${type}`,
      rule: "enum" in schema ? "field-value" : isFile(schema) || "anyOf" in schema ? "field-form" : "field-type",
      value,
    }));

/** A number outside of the bounds, by the least and by much, and what is no number to JSON. */
const outOfBounds = (schema: Schema): ReadonlyArray<Mistake> => {
  const { type, minimum, maximum, multipleOf: step = 1, minItems } = schema as Readonly<Record<string, number>>;
  if (minItems !== undefined) return [{ mistake: "an empty list", rule: "field-range", value: [] }];
  if (minimum === undefined || maximum === undefined) return [];
  const beyond = [minimum - step, maximum + step, -1e9, 1e9, 2 ** 53, 1e308, -Infinity, Infinity];
  return [
    ...beyond
      .filter((value) => value < minimum || value > maximum)
      .map(
        (value) =>
          ({
            mistake: `${value}`,
            rule: Number.isFinite(value) ? "field-range" : "field-type",
            value,
          }) satisfies Mistake,
      ),
    { mistake: "NaN", rule: "field-type", value: NaN },
    ...(String(type) === "integer" ? [{ mistake: "half", rule: "field-type", value: minimum + 0.5 } as const] : []),
    ...(step === 1 ? [] : [{ mistake: "between steps", rule: "field-step", value: minimum + 1 } as const]),
  ];
};

const wrongValues = (schema: Schema): ReadonlyArray<Mistake> =>
  "enum" in schema
    ? ["", "nonsense", "TRUE"].map((value) => ({ mistake: JSON.stringify(value), rule: "field-value", value }))
    : [];

const required: Mistake = { mistake: "nothing", rule: "field-required", value: undefined };

/** Names that no schema has, and that a careless one would look up on every object. */
const strangers = [
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "größe", "プロンプト", "🦊", "\u0000", "", " prompt"],
  ...["\ud800", "a.b", "0", "x".repeat(100_000)],
];

/** With its own `__proto__`, as JSON.parse makes it. */
const withField = (object: Json, name: string, value: unknown): Json =>
  Object.defineProperty({ ...object }, name, { value, enumerable: true, configurable: true, writable: true });

const inObject = (schema: Schema, good: Json): ReadonlyArray<Omit<Planted, "pipeline">> => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const mistakes = [...wrongTypes(field), ...outOfBounds(field), ...wrongValues(field)];
    return [
      ...(schema.required?.includes(name) ? [required, ...mistakes] : mistakes).map(({ mistake, rule, value }) => ({
        path: name,
        mistake,
        rule,
        input: withField(good, name, value),
      })),
      ...(field.items?.properties === undefined ? [] : inList(name, field.items, good)),
    ];
  }),
  ...(schema["additionalProperties"] === false
    ? strangers.map((name) => ({
        path: name,
        mistake: "a stranger",
        rule: "field-unknown" as const,
        input: withField(good, name, { width: 64 }),
      }))
    : []),
];

/** In the second item, behind a good one. */
const inList = (name: string, items: Schema, good: Json): ReadonlyArray<Omit<Planted, "pipeline">> => {
  const [first] = good[name] as ReadonlyArray<Json>;
  const at = `${name}.1`;
  const put = (item: unknown) => ({ ...good, [name]: [first, item] });
  return [
    ...inObject(items, first!).map((each) => ({ ...each, path: `${at}.${each.path}`, input: put(each.input) })),
    ...wrongTypes(items).map(({ mistake, rule, value }) => ({ path: at, mistake, rule, input: put(value) })),
  ];
};

export const schemaOf = (name: PipelineName): Schema =>
  z.toJSONSchema(pipelines[name].input, { io: "input", unrepresentable: "any" }) as Schema;

export const planted: ReadonlyArray<Planted> = pipelineNames.flatMap((pipeline) =>
  inObject(schemaOf(pipeline), least[pipeline]).map((each) => ({ ...each, pipeline })),
);
