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

  it("lists the routes of the service, and not itself", async () => {
    const document = await documentOf();
    assert.sameMembers(Object.keys(document["paths"] as Fields), ["/text-to-image", "/livez", "/readyz"]);
  });

  it("describes text-to-image: what goes in, what comes out, and the problems", async () => {
    const post = at(await documentOf(), "paths", "/text-to-image", "post") ?? null;
    const input = at(post, "requestBody", "content", "application/json", "schema") ?? null;
    assert.deepStrictEqual(at(input, "required"), ["prompt"]);
    assert.strictEqual(at(input, "additionalProperties"), false);
    assert.deepInclude(at(input, "properties", "width"), { type: "integer", default: 1024, multipleOf: 8 });
    const output = at(post, "responses", "200", "content", "application/json", "schema") ?? null;
    assert.strictEqual(at(output, "properties", "images", "items", "properties", "url", "type"), "string");
    for (const statuses of ["4XX", "5XX"]) {
      const problem = at(post, "responses", statuses, "content", "application/problem+json", "schema") ?? null;
      assert.includeMembers(at(problem, "required") as Array<string>, ["code", "fix", "attempts", "error"]);
    }
  });

  it("keeps the rules of the specification: statuses, descriptions, unique ids, references that lead somewhere", async () => {
    const document = await documentOf();
    const ids: Array<Json> = [];
    for (const [path, item] of Object.entries(document["paths"] as Record<string, Record<string, Fields>>)) {
      assert.isTrue(path.startsWith("/"), path);
      for (const [method, operation] of Object.entries(item)) {
        assert.include(["get", "put", "post", "delete", "options", "head", "patch", "trace"], method);
        if (operation["operationId"] !== undefined) ids.push(operation["operationId"]);
        for (const [status, response] of Object.entries(operation["responses"] as Record<string, Fields>)) {
          assert.match(status, /^([1-5]\d\d|[1-5]XX|default)$/);
          assert.isString(response["description"]);
        }
      }
    }
    assert.lengthOf(new Set(ids), ids.length);
    const pointers = new Set(objectsIn(document).map(([path]) => path));
    for (const [path, object] of objectsIn(document)) {
      if (typeof object["$ref"] === "string") assert.isTrue(pointers.has(object["$ref"]), `${path}: ${object["$ref"]}`);
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
