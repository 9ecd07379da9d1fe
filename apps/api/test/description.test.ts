import { pipelineNames } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { serve } from "./serve.ts";

type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, Json>>;

const documentOf = async () => {
  await using service = await serve();
  const { statusCode, headers, body } = await service.app.inject({ method: "GET", url: "/openapi.json" });
  assert.strictEqual(statusCode, 200);
  assert.match(String(headers["content-type"]), /^application\/json\b/);
  return JSON.parse(body) as Fields;
};

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object in the document, with the way to it. */
const objectsIn = (value: Json, path = "#"): ReadonlyArray<readonly [string, Fields]> => {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const below = inner.flatMap(([key, child]) =>
    objectsIn(child, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
  return isFields(value) ? [[path, value], ...below] : below;
};

const at = (document: Json, ...path: ReadonlyArray<string>): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (isFields(value) ? value[key] : undefined), document);

/** Each operation with its method and its path. */
const operationsIn = (document: Fields): ReadonlyArray<readonly [string, Fields]> =>
  Object.entries(document["paths"] as Record<string, Record<string, Fields>>).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation] as const),
  );

describe("/openapi.json", () => {
  it("leaves the default model open: the gateway's profile may name another", async () => {
    const route = ["paths", "/text-to-image", "post", "requestBody", "content", "application/json", "schema"];
    const fields = at(await documentOf(), ...route, "properties");
    assert.property(isFields(fields) ? fields["width"] : {}, "default");
    assert.notProperty(isFields(fields) ? fields["model_id"] : {}, "default");
  });

  it("is an OpenAPI 3.1.0 document with a title and a version", async () => {
    const document = await documentOf();
    assert.strictEqual(document["openapi"], "3.1.0");
    assert.isString(at(document, "info", "title"));
    assert.isString(at(document, "info", "version"));
  });

  it("lists every route of the service, and neither itself nor the page that shows it", async () => {
    const document = await documentOf();
    const pipelines = pipelineNames.map((name) => `/${name}`);
    const openai = ["images/generations", "images/edits", "audio/transcriptions", "audio/speech", "chat/completions"];
    assert.sameMembers(Object.keys(document["paths"] as Fields), [
      ...pipelines,
      ...["models", "models/{model}", ...openai].map((path) => `/v1/${path}`),
      ...["estimate", "models", "telemetry", "telemetry/snapshot", "alerts", "requests", "config", "launch"].map(
        (path) => `/sluice/v1/${path}`,
      ),
      ...["/media/{id}", "/livez", "/readyz", "/startupz"],
    ]);
  });

  it("describes text-to-image: what goes in, what comes out, and the problems", async () => {
    const document = await documentOf();
    const post = at(document, "paths", "/text-to-image", "post") ?? null;
    const input = at(post, "requestBody", "content", "application/json", "schema") ?? null;
    assert.deepStrictEqual(at(input, "required"), ["prompt"]);
    assert.strictEqual(at(input, "additionalProperties"), false);
    assert.deepInclude(at(input, "properties", "width"), { type: "integer", default: 1024, multipleOf: 8 });
    const output = at(post, "responses", "200", "content", "application/json", "schema") ?? null;
    assert.strictEqual(at(output, "properties", "images", "items", "properties", "url", "type"), "string");
    for (const statuses of ["4XX", "5XX"]) {
      const problem = at(post, "responses", statuses, "content", "application/problem+json", "schema") ?? null;
      assert.deepStrictEqual(problem, { $ref: "#/components/schemas/Problem" });
    }
    const fields = at(document, "components", "schemas", "Problem", "required") as Array<string>;
    assert.includeMembers(fields, ["code", "fix", "attempts", "error"]);
  });

  it("says of every operation what it is called, what it is for, what it answers, and who may ask", async () => {
    const document = await documentOf();
    const tags = (document["tags"] as ReadonlyArray<Fields>).map(({ name }) => name);
    const operations = operationsIn(document);
    for (const [name, operation] of operations) {
      assert.isString(operation["operationId"], name);
      assert.isString(operation["summary"], name);
      const [tag, ...others] = operation["tags"] as ReadonlyArray<string>;
      assert.include(tags, tag, name);
      assert.isEmpty(others, name);
      const isOpen = tag === "Health" || tag === "Media";
      assert.deepStrictEqual(operation["security"], isOpen ? [] : undefined, name);
      for (const [status, response] of Object.entries(operation["responses"] as Record<string, Fields>)) {
        assert.match(status, /^([1-5]\d\d|[1-5]XX)$/);
        assert.notStrictEqual(response["description"], "Default Response", `${name} ${status}`);
        assert.isString(response["description"], `${name} ${status}`);
        assert.property(response["headers"], "x-request-id", `${name} ${status}`);
      }
    }
    assert.deepStrictEqual(document["security"], [{ key: [] }]);
    assert.lengthOf(new Set(operations.map(([, { operationId }]) => operationId)), operations.length);
  });

  it("has each failure in the shape of its routes, and tells what a call costs", async () => {
    for (const [name, operation] of operationsIn(await documentOf())) {
      const [tag = ""] = operation["tags"] as ReadonlyArray<string>;
      if (tag === "Health") continue;
      const [type, schema] =
        tag === "OpenAI" ? ["application/json", "OpenaiError"] : ["application/problem+json", "Problem"];
      for (const statuses of ["4XX", "5XX"]) {
        const content = { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } };
        assert.deepStrictEqual(at(operation, "responses", statuses, "content"), content, name);
        assert.property(at(operation, "responses", statuses, "headers"), "retry-after", name);
      }
      const isCall = name.startsWith("post") && ["Livepeer", "OpenAI"].includes(tag);
      assert.strictEqual(at(operation, "responses", "200", "headers", "x-sluice-cost") !== undefined, isCall, name);
    }
  });

  it("has files as parts of forms, and bytes as bodies of answers", async () => {
    const paths = (await documentOf())["paths"] ?? null;
    const form = ["post", "requestBody", "content", "multipart/form-data", "schema", "properties"];
    for (const [path, field] of [
      ["/image-to-image", "image"],
      ["/audio-to-text", "audio"],
      ["/v1/images/edits", "image"],
      ["/v1/audio/transcriptions", "file"],
    ] as const) {
      assert.deepInclude(at(paths, path, ...form, field), { type: "string", format: "binary" });
    }
    const bytes = { schema: { type: "string", format: "binary" } };
    assert.deepStrictEqual(at(paths, "/v1/audio/speech", "post", "responses", "200", "content"), {
      "audio/wav": bytes,
    });
    assert.deepInclude(at(paths, "/media/{id}", "get", "responses", "206", "content"), { "image/*": bytes });
  });

  it("takes an estimate as JSON, and as a form with a file", async () => {
    const content = at(await documentOf(), "paths", "/sluice/v1/estimate", "post", "requestBody", "content");
    assert.hasAllKeys(content, ["application/json", "multipart/form-data"]);
  });

  it("has schemas, headers and parameters that are all used, and references that lead somewhere", async () => {
    const document = await documentOf();
    const pointers = new Set(objectsIn(document).map(([path]) => path));
    for (const [path, object] of objectsIn(document)) {
      if (typeof object["$ref"] === "string") assert.isTrue(pointers.has(object["$ref"]), `${path}: ${object["$ref"]}`);
    }
    const text = JSON.stringify(document);
    for (const section of ["schemas", "headers", "parameters"]) {
      for (const name of Object.keys(at(document, "components", section) as Fields)) {
        assert.include(text, `"#/components/${section}/${name}"`);
      }
    }
  });

  it("uses the words of JSON Schema 2020-12, not those of OpenAPI 3.0", async () => {
    for (const [path, object] of objectsIn(await documentOf())) {
      if (path.endsWith("/properties")) continue;
      assert.notProperty(object, "nullable", path);
      for (const bound of ["exclusiveMinimum", "exclusiveMaximum"]) assert.notTypeOf(object[bound], "boolean", path);
    }
  });
});

describe("the service's health", () => {
  for (const url of ["/livez", "/readyz"]) {
    it(`is told at ${url}`, async () => {
      await using service = await serve();
      const { statusCode, body } = await service.app.inject({ method: "GET", url });
      assert.strictEqual(statusCode, 200);
      assert.strictEqual(body, '{"status":"ok"}');
    });
  }
});
