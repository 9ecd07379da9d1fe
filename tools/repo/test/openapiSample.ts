/** A small OpenAPI document, and the same with something changed. */
import type { Document } from "../src/openapiBreaks.ts";

const json = "application/json";

const request = {
  type: "object",
  properties: {
    prompt: { type: "string", minLength: 1, maxLength: 100 },
    size: { type: "integer", minimum: 64, maximum: 4096, multipleOf: 8 },
    style: { enum: ["plain", "rich"] },
    seed: { anyOf: [{ type: "integer" }, { type: "null" }] },
    tags: { type: "array", maxItems: 4, items: { type: "string" }, default: [] },
  },
  required: ["prompt"],
  additionalProperties: false,
};

export const answer = {
  type: "object",
  properties: {
    url: { type: "string", format: "uri" },
    state: { enum: ["warm", "cold"] },
    seed: { type: "integer" },
    counts: { type: "object", additionalProperties: { type: "integer" } },
    parent: { $ref: "#/components/schemas/Answer" },
  },
  required: ["url"],
};

export const document: Document = {
  info: { version: "0.1.0" },
  security: [{ key: [] }],
  paths: {
    "/draw": {
      post: {
        operationId: "draw",
        parameters: [{ name: "limit", in: "query", required: false, schema: { type: "integer", maximum: 500 } }],
        requestBody: { required: true, content: { [json]: { schema: request }, "multipart/form-data": {} } },
        responses: {
          "200": {
            headers: { "x-cost": { $ref: "#/components/headers/Cost" } },
            content: { [json]: { schema: { $ref: "#/components/schemas/Answer" } }, "text/plain": {} },
          },
          "4XX": { content: { [json]: { schema: { type: "object" } } } },
        },
      },
    },
    "/live": { get: { security: [], responses: { "200": {} } } },
  },
  components: {
    schemas: { Answer: answer },
    headers: { Cost: { required: true, schema: { type: "string" } } },
    securitySchemes: { key: { type: "http", scheme: "bearer", description: "A key." } },
  },
};

/** Where a change is: below one of these, then by keys. */
const starts = {
  paths: ["paths"],
  components: ["components"],
  schemas: ["components", "schemas"],
  post: ["paths", "/draw", "post"],
  body: ["paths", "/draw", "post", "requestBody", "content", json, "schema"],
  answered: ["components", "schemas", "Answer"],
} as const;

/** A place, and what is there from now on; `undefined`: nothing. */
export type Change = readonly [start: keyof typeof starts, keys: ReadonlyArray<string | number>, value: unknown];

export const changed = (...changes: ReadonlyArray<Change>): Document =>
  changes.reduce<unknown>(
    (value, [start, keys, next]) => replaced(value, [...starts[start], ...keys], next),
    document,
  ) as Document;

const replaced = (value: unknown, [key, ...rest]: ReadonlyArray<string | number>, next: unknown): unknown => {
  if (key === undefined) return next;
  const own = (value ?? {}) as Readonly<Record<string, unknown>>;
  const inner = replaced(own[key], rest, next);
  if (Array.isArray(own)) return own.map((one: unknown, at) => (at === key ? inner : one));
  const others = Object.fromEntries(Object.entries(own).filter(([name]) => name !== String(key)));
  return inner === undefined ? others : { ...others, [key]: inner };
};
