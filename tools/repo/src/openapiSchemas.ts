/**
 * Compares two JSON Schemas of an OpenAPI document as a client sees them. What a client sends must still be taken: nothing
 * may be narrower. What a client is sent must still be what it knows: nothing may be missing, and no value new. What can not
 * be compared counts as a break where it differs.
 */
import { isDeepStrictEqual } from "node:util";
import { boundWords, otherTexts, tightened } from "./openapiBounds.ts";
import { choicesOf, list, lost, told, typesOf } from "./openapiValues.ts";
import { isForPeople, otherWords } from "./openapiWords.ts";

/** The words that are compared one by one, and any other. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | ReadonlyArray<string>;
  readonly const?: unknown;
  readonly enum?: ReadonlyArray<unknown>;
  readonly anyOf?: ReadonlyArray<Schema>;
  readonly oneOf?: ReadonlyArray<Schema>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: ReadonlyArray<string>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema | boolean;
  readonly prefixItems?: ReadonlyArray<Schema>;
  readonly format?: string;
  readonly pattern?: string;
  readonly multipleOf?: number;
  readonly [word: string]: unknown;
}

/** Who writes what the schemas describe: a client its requests, the service its answers. */
export type Direction = "request" | "response";

/** Puts what a schema refers to in its place, in the document before and in the one after. */
export interface Followers {
  readonly before: (schema: Schema) => Schema;
  readonly after: (schema: Schema) => Schema;
}

type Breaks = ReadonlyArray<string>;

const compared = [
  ...["type", "const", "enum", "default", "properties", "required", "additionalProperties", "propertyNames"],
  ...["items", "prefixItems", "$defs"],
  ...boundWords,
];

export class SchemaComparison {
  readonly #direction: Direction;
  readonly #follow: Followers;
  /** Pairs of references that are being compared: schemas may hold themselves. */
  readonly #under = new Set<string>();

  constructor(direction: Direction, follow: Followers) {
    this.#direction = direction;
    this.#follow = follow;
  }

  /** Each break as a sentence that begins with `where`. */
  breaks(before: Schema | boolean, after: Schema | boolean, where: string): Breaks {
    const pair = JSON.stringify([before, after]);
    if (this.#under.has(pair)) return [];
    this.#under.add(pair);
    try {
      const [was, is] = [this.#follow.before(spelled(before)), this.#follow.after(spelled(after))];
      return [...this.#default(was, is, where), ...this.#alternatives(was, is, where)];
    } finally {
      this.#under.delete(pair);
    }
  }

  /** What a request that leaves the value out means. */
  #default({ default: was }: Schema, { default: is }: Schema, where: string): Breaks {
    const isKept = this.#direction === "response" || was === undefined || isDeepStrictEqual(was, is);
    return isKept ? [] : [`${where} has another \`default\``];
  }

  /** Each kind of value on the side that must not be wider needs one on the other that fits it. */
  #alternatives(before: Schema, after: Schema, where: string): Breaks {
    // Whatever there is fits a schema that says nothing.
    if (isEmpty(this.#direction === "request" ? after : before)) return [];
    const [was, is] = [this.#split(before, this.#follow.before), this.#split(after, this.#follow.after)];
    const [[first], [second]] = [was, is];
    if (first !== undefined && second !== undefined && was.length === 1 && is.length === 1)
      return this.#one(first, second, where);
    const isRequest = this.#direction === "request";
    return (isRequest ? was : is).flatMap((given) => {
      const found = (isRequest ? is : was).map((other) =>
        isRequest ? this.#one(given, other, where) : this.#one(other, given, where),
      );
      if (found.some((breaks) => breaks.length === 0)) return [];
      const near = found.filter((_, at) =>
        typesOf((isRequest ? is : was)[at] ?? {}).some((type) => typesOf(given).includes(type)),
      );
      const [least] = near.toSorted((one, other) => one.length - other.length);
      return least ?? [isRequest ? `${where} no longer takes ${told(given)}` : `${where} may now be ${told(given)}`];
    });
  }

  /** A union as its members. Those of a `oneOf` keep the word: no two of them may fit the same value. */
  #split(schema: Schema, follow: Followers["before"]): ReadonlyArray<Schema> {
    const { anyOf, oneOf, ...rest } = follow(schema);
    const members = anyOf ?? oneOf;
    if (members !== undefined) {
      const mark = oneOf === undefined ? {} : { oneOf: anyOf === undefined ? [] : oneOf };
      return members.flatMap((one) => this.#split({ ...rest, ...one }, follow)).map((one) => ({ ...one, ...mark }));
    }
    return Array.isArray(rest.type) ? (rest.type as ReadonlyArray<string>).map((type) => ({ ...rest, type })) : [rest];
  }

  #one(before: Schema, after: Schema, where: string): Breaks {
    const isRequest = this.#direction === "request";
    return [
      ...otherWords(before, after, compared, where),
      ...this.#types(before, after, where),
      ...this.#choices(before, after, where),
      ...(isRequest ? tightened(before, after, where) : []),
      ...otherTexts(before, after, isRequest ? after : before, where),
      ...this.#fields(before, after, where),
      ...this.#items(before, after, where),
    ];
  }

  #types(before: Schema, after: Schema, where: string): Breaks {
    const [was, is] = [typesOf(before), typesOf(after)];
    if (this.#direction === "request") return lost(was, is).map((type) => `${where} no longer takes ${type}`);
    return lost(is, was).map((type) => `${where} may now be ${type}`);
  }

  #choices(before: Schema, after: Schema, where: string): Breaks {
    const [was, is] = [choicesOf(before), choicesOf(after)];
    const [given, allowed] = this.#direction === "request" ? [was, is] : [is, was];
    if (allowed === undefined) return [];
    const values = given?.filter((value) => !allowed.some((other) => isDeepStrictEqual(value, other)));
    if (values === undefined) {
      return [
        this.#direction === "request"
          ? `${where} takes only ${list(allowed)} now`
          : `${where} may now be more than ${list(allowed)}`,
      ];
    }
    return values.map((value) =>
      this.#direction === "request"
        ? `${where} no longer takes ${JSON.stringify(value)}`
        : `${where} may now be ${JSON.stringify(value)}`,
    );
  }

  #fields(before: Schema, after: Schema, where: string): Breaks {
    const { properties: was = {}, required: needed = [] } = before;
    const { properties: is = {}, required: needs = [] } = after;
    const isRequest = this.#direction === "request";
    const nowNeeded = isRequest ? lost(needs, needed).map((name) => `${where}.${name} is required now`) : [];
    const nowOptional = isRequest
      ? []
      : lost(needed, needs).flatMap((name) => (name in is ? [`${where}.${name} may be absent now`] : []));
    const own = Object.entries(was).flatMap(([name, schema]) => {
      const now = is[name];
      return now === undefined ? [`${where}.${name} is gone`] : this.breaks(schema, now, `${where}.${name}`);
    });
    return [...own, ...nowNeeded, ...nowOptional, ...this.#others(before, after, where)];
  }

  /** Fields without a name of their own, as a map has them. */
  #others(before: Schema, after: Schema, where: string): Breaks {
    const isObject = [before, after].every((schema) => typesOf(schema).includes("object"));
    if (!isObject) return [];
    const [was, is] = [before.additionalProperties ?? true, after.additionalProperties ?? true];
    // An answer that may have more fields has no field less.
    if (was === false || (was === true && this.#direction === "response")) return [];
    if (is === false) return [`${where} has no other fields any more`];
    const names = this.breaks(
      before.propertyNames ?? {},
      after.propertyNames ?? {},
      `the names of the fields in ${where}`,
    );
    return [...names, ...this.breaks(was, is, `${where}.*`)];
  }

  #items(before: Schema, after: Schema, where: string): Breaks {
    const { prefixItems: was = [] } = before;
    const { prefixItems: is = [] } = after;
    if (was.length !== is.length) return [`${where} has ${is.length} places instead of ${was.length}`];
    const isList = [before, after].every((schema) => typesOf(schema).includes("array"));
    return [
      ...was.flatMap((schema, at) => this.breaks(schema, is[at] ?? {}, `${where}[${at}]`)),
      ...(isList ? this.breaks(before.items ?? {}, after.items ?? {}, `${where}[]`) : []),
    ];
  }
}

const isEmpty = (schema: Schema): boolean =>
  Object.keys(schema).every((word) => word === "default" || isForPeople(word));

/** `true` takes all, `false` nothing. */
const spelled = (schema: Schema | boolean): Schema => {
  if (typeof schema === "object") return schema;
  return schema ? {} : { not: {} };
};
