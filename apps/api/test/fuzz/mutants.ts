/** A request's fields, as they should be or wrong in one way. */
import fc from "fast-check";
import type { Schema } from "./Description.ts";
import { hugeValues, strangeNames, strangeValues } from "./strange.ts";
import { modelFields } from "./validValues.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface Mutant {
  readonly kind: "valid" | "wrong" | "inside" | "boundary" | "missing" | "extra" | "huge";
  readonly fields: Fields;
}

export interface MutantOptions {
  readonly schema: Schema;
  readonly follow: (schema: Schema) => Schema;
  readonly valid: fc.Arbitrary<Fields>;
  /** The longest body. */
  readonly bytes: number;
}

export const mutantsOf = ({ schema, follow, valid, bytes }: MutantOptions): fc.Arbitrary<Mutant> => {
  const { properties = {}, required = [] } = follow(schema);
  const names = Object.keys(properties);
  // A model that nobody has is a test of its own: the gateway looks for it.
  const free = names.filter((name) => !modelFields.has(name));
  const edges = Object.entries(properties).flatMap(([name, one]) =>
    edgesOf(follow(one)).map((edge) => [name, edge] as const),
  );
  const as = (kind: Mutant["kind"], fields: fc.Arbitrary<Fields>) => ({
    arbitrary: fields.map((own): Mutant => ({ kind, fields: own })),
  });
  const changed = (name: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>) =>
    fc.tuple(valid, name, value).map(([fields, own, other]) => set(fields, own, other));
  return fc.oneof(
    { weight: 3, ...as("valid", valid) },
    { weight: 4, ...as("wrong", changed(fc.constantFrom(...free), strangeValues)) },
    { weight: 2, ...as("inside", inside(valid)) },
    { weight: 1, ...as("extra", changed(strangeNames, strangeValues)) },
    { weight: 1, ...as("huge", changed(fc.constantFrom(...free), hugeValues(bytes))) },
    ...(edges.length === 0
      ? []
      : [
          {
            weight: 2,
            ...as(
              "boundary",
              fc.tuple(valid, fc.constantFrom(...edges)).map(([fields, edge]) => set(fields, ...edge)),
            ),
          },
        ]),
    ...(required.length === 0
      ? []
      : [
          {
            weight: 1,
            ...as(
              "missing",
              fc.tuple(valid, fc.constantFrom(...required)).map(([fields, name]) => without(fields, name)),
            ),
          },
        ]),
  );
};

/** Also where the name is `__proto__`: a field of its own, as a parser of JSON makes it. */
const set = (fields: Fields, name: string, value: unknown): Fields =>
  Object.fromEntries([...Object.entries(fields).filter(([own]) => own !== name), [name, value]]);

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([own]) => own !== name));

/** One of the values within a field is another, such as a message's role. */
const inside = (valid: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> =>
  fc.tuple(valid, fc.nat(), strangeValues).map(([fields, pick, value]) => {
    const places = placesIn(fields).filter((place) => place.length > 1);
    const place = places[pick % places.length];
    return place === undefined ? fields : (replaced(fields, place, value) as Fields);
  });

type Place = ReadonlyArray<string>;

const isTree = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);

const placesIn = (value: unknown): ReadonlyArray<Place> =>
  isTree(value)
    ? Object.entries(value).flatMap(([key, inner]) => [[key], ...placesIn(inner).map((place) => [key, ...place])])
    : [];

const replaced = (value: unknown, [key, ...rest]: Place, other: unknown): unknown => {
  if (key === undefined || !isTree(value)) return other;
  const entries = Object.entries(value).map(([own, inner]): readonly [string, unknown] => [
    own,
    own === key ? replaced(inner, rest, other) : inner,
  ]);
  return Array.isArray(value) ? entries.map(([, inner]): unknown => inner) : Object.fromEntries(entries);
};

/** Its bounds, and what is just beyond them. */
const edgesOf = (schema: Schema): ReadonlyArray<unknown> => {
  const { minimum, maximum, multipleOf, minLength, maxLength, minItems, maxItems, anyOf = [], type } = schema;
  const step = type === "integer" ? 1 : 0.001;
  return [
    ...(minimum === undefined ? [] : [minimum, minimum - step, minimum + step]),
    ...(maximum === undefined ? [] : [maximum, maximum + step, maximum - step]),
    ...(multipleOf === undefined || minimum === undefined ? [] : [minimum + multipleOf / 2, minimum + multipleOf + 1]),
    ...[minLength, maxLength].flatMap((length) =>
      length === undefined ? [] : ["x".repeat(length), "x".repeat(length + 1), "x".repeat(Math.max(0, length - 1))],
    ),
    ...[minItems, maxItems].flatMap((length) =>
      length === undefined ? [] : [Array<string>(length).fill("x"), Array<string>(length + 1).fill("x")],
    ),
    ...anyOf.flatMap(edgesOf),
  ];
};
