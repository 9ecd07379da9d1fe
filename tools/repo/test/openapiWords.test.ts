import { describe, expect, it } from "vitest";
import { breaksOf } from "../src/openapiBreaks.ts";
import { type Change, changed, document } from "./openapiSample.ts";

const body = "POST /draw: the body (application/json)";
const sent = "POST /draw: the answer 200 (application/json)";
const limit = "POST /draw: the query parameter limit";
const cost = "POST /draw: the answer 200: the header x-cost";
const seed = [{ type: "integer" }, { type: "null" }];
const tenant = { name: "tenant", in: "header" };

const breaking: ReadonlyArray<readonly [what: string, change: Change, told: string]> = [
  [
    "another security scheme",
    ["components", ["securitySchemes", "key", "scheme"], "basic"],
    "the security scheme key has another `scheme`",
  ],
  [
    "a security scheme that is gone",
    ["components", ["securitySchemes", "key"], undefined],
    "the security scheme key is gone",
  ],
  ["another name of an operation", ["post", ["operationId"], "paint"], "POST /draw has another `operationId`"],
  [
    "another default of a field",
    ["body", ["properties", "tags", "default"], ["fox"]],
    `${body}.tags has another \`default\``,
  ],
  ["no default any more", ["body", ["properties", "tags"], {}], `${body}.tags has another \`default\``],
  [
    "a header of another type",
    ["components", ["headers", "Cost", "schema", "type"], "number"],
    `${cost} may now be number`,
  ],
  [
    "a header that may be absent",
    ["components", ["headers", "Cost", "required"], undefined],
    `${cost} may be absent now`,
  ],
  [
    "a header written another way",
    ["components", ["headers", "Cost", "explode"], true],
    `${cost} has another \`explode\``,
  ],
  [
    "a required parameter of the whole path",
    ["paths", ["/draw", "parameters"], [{ ...tenant, required: true }]],
    "POST /draw: the header parameter tenant is required now",
  ],
  [
    "a parameter written another way",
    ["post", ["parameters", 0, "style"], "pipeDelimited"],
    `${limit} has another \`style\``,
  ],
  ["a list in one parameter", ["post", ["parameters", 0, "explode"], false], `${limit} has another \`explode\``],
  [
    "another format in an answer",
    ["answered", ["properties", "url", "format"], "uuid"],
    `${sent}.url has another \`format\`: uuid`,
  ],
  [
    "no format in an answer any more",
    ["answered", ["properties", "url", "format"], undefined],
    `${sent}.url has another \`format\`: none`,
  ],
  [
    "fields that need others",
    ["body", ["dependentRequired"], { size: ["style"] }],
    `${body} has another \`dependentRequired\``,
  ],
  [
    "no fields but those of its parts",
    ["body", ["unevaluatedProperties"], false],
    `${body} has another \`unevaluatedProperties\``,
  ],
  ["a word that nobody knows yet", ["body", ["properties", "size", "odd"], true], `${body}.size has another \`odd\``],
  ["no items any more", ["body", ["properties", "tags", "items"], false], `${body}.tags[] has another \`not\``],
  ["exactly one of a union", ["body", ["properties", "seed"], { oneOf: seed }], `${body}.seed has another \`oneOf\``],
  [
    "another encoding of a form",
    ["post", ["requestBody", "content", "multipart/form-data", "encoding"], { image: { contentType: "image/png" } }],
    "POST /draw: the body (multipart/form-data) has another `encoding`",
  ],
  [
    "a word beside a reference",
    ["post", ["responses", "200", "content", "application/json", "schema", "not"], {}],
    `${sent} has another \`not\``,
  ],
];

describe("what breaks clients, and is all that is told", () => {
  it.each(breaking)("%s", (_, change, told) => {
    expect(breaksOf(document, changed(change))).toEqual([told]);
  });
});

it.each([
  ["header", ["components", ["headers", "Cost"], undefined], "#/components/headers/Cost"],
  ["schema", ["schemas", ["Answer"], undefined], "#/components/schemas/Answer"],
  [
    "parameter",
    ["post", ["parameters", 0], { $ref: "#/components/parameters/Limit" }],
    "#/components/parameters/Limit",
  ],
  ["whole answer", ["post", ["responses", "4XX"], { $ref: "#/components/responses/No" }], "#/components/responses/No"],
] satisfies ReadonlyArray<readonly [string, Change, string]>)(
  "a %s that is not there breaks clients",
  (_, change, ref) => {
    expect(breaksOf(document, changed(change))).toContain(`${ref} is not there, but referred to`);
  },
);

const harmless: ReadonlyArray<readonly [what: string, ...changes: ReadonlyArray<Change>]> = [
  ["other words about a security scheme", ["components", ["securitySchemes", "key", "description"], "Ask for one."]],
  ["a first default", ["body", ["properties", "size", "default"], 512]],
  ["a default in an answer", ["answered", ["properties", "seed", "default"], 1]],
  ["a first format in an answer", ["answered", ["properties", "seed", "format"], "int32"]],
  ["an optional parameter of the whole path", ["paths", ["/draw", "parameters"], [tenant]]],
  [
    "a parameter that the whole path has from now on",
    ["post", ["parameters"], undefined],
    ["paths", ["/draw", "parameters"], [{ name: "limit", in: "query", schema: { type: "integer", maximum: 500 } }]],
  ],
  [
    "a body under a name",
    ["components", ["requestBodies", "Draw"], document.paths?.["/draw"]?.post?.requestBody],
    ["post", ["requestBody"], { $ref: "#/components/requestBodies/Draw" }],
  ],
  [
    "an example, a title and a vendor's word",
    ["body", ["example"], {}],
    ["body", ["title"], "Draw"],
    ["body", ["x-a"], 1],
  ],
  ["another server", ["post", ["servers"], [{ url: "/v2" }]]],
];

for (const [what, ...changes] of harmless) {
  it(`${what} breaks nobody`, () => {
    expect(breaksOf(document, changed(...changes))).toEqual([]);
  });
}
