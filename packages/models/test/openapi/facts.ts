/**
 * A JSON Schema as flat facts, one for each keyword of each field, so that two schemas can be held against each other:
 * `width default` is 1024, `messages[].role required` is true. Words for people are no facts.
 */
import type { Schema } from "./document.ts";

const forPeople = new Set(["title", "description", "$schema", "x-speakeasy-name-override"]);
const structure = new Set(["properties", "required", "items", "allOf", "$defs"]);

/** Each fact's value as JSON. */
export type Facts = ReadonlyMap<string, string>;

export const factsOf = (schema: Schema): Facts => new Map(list("", schema));

const list = (at: string, schema: Schema): ReadonlyArray<readonly [string, string]> => [
  ...Object.entries(schema)
    .filter(([keyword]) => !forPeople.has(keyword) && !structure.has(keyword))
    .map(([keyword, value]) => [`${at} ${keyword}`.trim(), JSON.stringify(value)] as const),
  ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = at === "" ? name : `${at}.${name}`;
    return [
      [`${path} required`, JSON.stringify(schema.required?.includes(name) ?? false)] as const,
      ...list(path, field),
    ];
  }),
  ...(schema.items === undefined ? [] : list(`${at}[]`, schema.items)),
];

/** `"field keyword: theirs -> ours"`; what a side does not say is `-`. */
export const differences = (theirs: Facts, ours: Facts): ReadonlyArray<string> =>
  [...new Set([...theirs.keys(), ...ours.keys()])]
    .filter((fact) => theirs.get(fact) !== ours.get(fact))
    .map((fact) => `${fact}: ${theirs.get(fact) ?? "-"} -> ${ours.get(fact) ?? "-"}`);
