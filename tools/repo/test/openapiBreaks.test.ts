import { describe, expect, it } from "vitest";
import { breaksOf, mayBreak } from "../src/openapiBreaks.ts";
import { answer, type Change, changed, document } from "./openapiSample.ts";

const text = { type: "string" };
const whole = { type: "integer" };
const body = "POST /draw: the body (application/json)";
const sent = "POST /draw: the answer 200 (application/json)";
const limit = "POST /draw: the query parameter limit";

const breaking: ReadonlyArray<readonly [what: string, change: Change, told: string]> = [
  ["a path that is gone", ["paths", ["/live"], undefined], "GET /live is gone"],
  ["a method that is gone", ["paths", ["/draw", "post"], undefined], "POST /draw is gone"],
  ["a required field more", ["body", ["required"], ["prompt", "model"]], `${body}.model is required now`],
  ["a field that becomes required", ["body", ["required"], ["prompt", "size"]], `${body}.size is required now`],
  ["a field of a request that is gone", ["body", ["properties", "size"], undefined], `${body}.size is gone`],
  ["another type", ["body", ["properties", "prompt", "type"], "array"], `${body}.prompt no longer takes string`],
  [
    "another type in a union",
    ["body", ["properties", "seed", "anyOf", 0], { type: "boolean" }],
    `${body}.seed no longer takes integer`,
  ],
  ["null no more", ["body", ["properties", "seed"], whole], `${body}.seed no longer takes null`],
  ["whole numbers alone", ["body", ["properties", "prompt"], whole], `${body}.prompt no longer takes string`],
  ["a choice less", ["body", ["properties", "style", "enum"], ["plain"]], `${body}.style no longer takes "rich"`],
  [
    "choices instead of any text",
    ["body", ["properties", "prompt", "enum"], ["fox"]],
    `${body}.prompt takes only "fox" now`,
  ],
  [
    "one value instead of choices",
    ["body", ["properties", "style"], { const: "rich" }],
    `${body}.style no longer takes "plain"`,
  ],
  ["a higher minimum", ["body", ["properties", "size", "minimum"], 128], `${body}.size has a tighter \`minimum\`: 128`],
  [
    "a lower maximum",
    ["body", ["properties", "size", "maximum"], 2_048],
    `${body}.size has a tighter \`maximum\`: 2048`,
  ],
  [
    "a shorter text",
    ["body", ["properties", "prompt", "maxLength"], 99],
    `${body}.prompt has a tighter \`maxLength\`: 99`,
  ],
  ["a shorter list", ["body", ["properties", "tags", "maxItems"], 3], `${body}.tags has a tighter \`maxItems\`: 3`],
  [
    "a bound where none was",
    ["body", ["properties", "tags", "minItems"], 1],
    `${body}.tags has a tighter \`minItems\`: 1`,
  ],
  [
    "narrower items",
    ["body", ["properties", "tags", "items", "minLength"], 2],
    `${body}.tags[] has a tighter \`minLength\`: 2`,
  ],
  [
    "a coarser step",
    ["body", ["properties", "size", "multipleOf"], 16],
    `${body}.size has a tighter \`multipleOf\`: 16`,
  ],
  ["a pattern", ["body", ["properties", "prompt", "pattern"], "^a"], `${body}.prompt has another \`pattern\`: ^a`],
  ["what can not be compared", ["body", ["not"], {}], `${body} has another \`not\``],
  [
    "a content type that is not taken any more",
    ["post", ["requestBody", "content", "multipart/form-data"], undefined],
    "POST /draw: the body has no multipart/form-data any more",
  ],
  ["a parameter that is gone", ["post", ["parameters"], []], `${limit} is gone`],
  ["a parameter that is required", ["post", ["parameters", 0, "required"], true], `${limit} is required now`],
  [
    "a narrower parameter",
    ["post", ["parameters", 0, "schema", "maximum"], 100],
    `${limit} has a tighter \`maximum\`: 100`,
  ],
  ["a status that is gone", ["post", ["responses", "4XX"], undefined], "POST /draw: the answer 4XX is gone"],
  [
    "a content type of an answer that is gone",
    ["post", ["responses", "200", "content", "text/plain"], undefined],
    "POST /draw: the answer 200 has no text/plain any more",
  ],
  [
    "a header that is gone",
    ["post", ["responses", "200", "headers"], {}],
    "POST /draw: the answer 200 has no header x-cost any more",
  ],
  ["a field of an answer that is gone", ["answered", ["properties", "seed"], undefined], `${sent}.seed is gone`],
  ["a field of an answer that may be absent", ["answered", ["required"], []], `${sent}.url may be absent now`],
  [
    "a choice more in an answer",
    ["answered", ["properties", "state", "enum"], ["warm", "cold", "lost"]],
    `${sent}.state may now be "lost"`,
  ],
  [
    "any text instead of choices in an answer",
    ["answered", ["properties", "state"], text],
    `${sent}.state may now be more than "warm", "cold"`,
  ],
  [
    "null in an answer",
    ["answered", ["properties", "seed", "type"], ["integer", "null"]],
    `${sent}.seed may now be null`,
  ],
  ["anything in an answer", ["answered", ["properties", "url"], {}], `${sent}.url may now be number`],
  [
    "other values of a map in an answer",
    ["answered", ["properties", "counts", "additionalProperties"], { type: "number" }],
    `${sent}.counts.* may now be number`,
  ],
  [
    "a map in an answer that is empty now",
    ["answered", ["properties", "counts", "additionalProperties"], false],
    `${sent}.counts has no other fields any more`,
  ],
  [
    "a key that is needed",
    ["paths", ["/live", "get", "security"], undefined],
    "GET /live: no key is not enough any more",
  ],
  ["another key", ["post", ["security"], [{ other: [] }]], "POST /draw: key is not enough any more"],
];

const other = { ...answer, properties: { ...answer.properties, parent: { $ref: "#/components/schemas/Other" } } };

const harmless: ReadonlyArray<readonly [what: string, ...changes: ReadonlyArray<Change>]> = [
  ["nothing at all"],
  ["another path", ["paths", ["/more"], { get: { responses: {} } }]],
  ["another method", ["paths", ["/draw", "get"], { responses: {} }]],
  ["an optional field", ["body", ["properties", "model"], text]],
  ["a field that is not required any more", ["body", ["required"], []]],
  ["a choice more", ["body", ["properties", "style", "enum"], ["plain", "rich", "wild"]]],
  ["any text instead of choices", ["body", ["properties", "style"], text]],
  ["anything instead of a text", ["body", ["properties", "prompt"], {}]],
  ["numbers where whole ones were", ["body", ["properties", "seed", "anyOf", 0], { type: "number" }]],
  ["wider bounds", ["body", ["properties", "size"], { type: "integer", minimum: 8, maximum: 8_192, multipleOf: 4 }]],
  ["no bounds", ["body", ["properties", "prompt"], text]],
  ["another type beside", ["body", ["properties", "style"], { anyOf: [{ type: "null" }, text] }]],
  ["the same union written another way", ["body", ["properties", "seed"], { type: ["null", "integer"] }]],
  ["other fields that are taken", ["body", ["additionalProperties"], true]],
  ["a description", ["body", ["description"], "What to draw."]],
  ["another content type", ["post", ["requestBody", "content", "text/plain"], { schema: text }]],
  ["a body that may be absent", ["post", ["requestBody", "required"], false]],
  ["an optional parameter", ["paths", ["/live", "get", "parameters"], [{ name: "page", in: "query" }]]],
  ["another status", ["post", ["responses", "206"], {}]],
  ["another header", ["post", ["responses", "200", "headers", "x-more"], {}]],
  [
    "a field more in an answer",
    ["answered", ["properties", "more"], text],
    ["answered", ["required"], ["url", "more"]],
  ],
  ["a field that is always there now", ["answered", ["required"], ["url", "seed"]]],
  ["a choice less in an answer", ["answered", ["properties", "state", "enum"], ["warm"]]],
  [
    "an answer by another name",
    ["schemas", ["Other"], other],
    ["post", ["responses", "200", "content", "application/json", "schema", "$ref"], "#/components/schemas/Other"],
  ],
  ["a key that is not needed any more", ["post", ["security"], []]],
  ["another way to show who asks", ["post", ["security"], [{ other: [] }, { key: [] }]]],
];

describe("what breaks clients of an OpenAPI document", () => {
  it.each(breaking)("%s", (_, change, told) => {
    expect(breaksOf(document, changed(change))).toContain(told);
  });

  it("is all that is told", () => {
    const both = changed(["body", ["required"], ["prompt", "size"]], ["answered", ["required"], []]);
    expect(breaksOf(document, both)).toEqual([`${body}.size is required now`, `${sent}.url may be absent now`]);
  });
});

describe("what breaks nobody", () => {
  for (const [what, ...changes] of harmless) {
    it(what, () => {
      expect(breaksOf(document, changed(...changes))).toEqual([]);
    });
  }
});

it.each([
  ["0.1.0", "0.2.0", true],
  ["0.9.3", "1.0.0", true],
  ["1.4.0", "2.0.0", true],
  ["0.1.0", "0.1.0", false],
  ["0.1.0", "0.1.1", false],
  ["0.2.0", "0.1.9", false],
  ["1.4.0", "1.5.0", false],
  ["2.0.0", "1.9.0", false],
])("from %s to %s a document may break: %s", (before, after, may) => {
  expect(mayBreak(before, after)).toBe(may);
});
