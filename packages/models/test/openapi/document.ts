/** The official OpenAPI document, read as far as the tests need it: each pipeline's path, wire format, input and output. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { PipelineName } from "../../src/index.ts";

/** As much of a JSON Schema as the document and our schemas use. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string | ReadonlyArray<string>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: ReadonlyArray<string>;
  readonly items?: Schema;
  readonly allOf?: ReadonlyArray<Schema>;
  readonly $ref?: string;
  readonly default?: unknown;
}

interface Body {
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      { readonly post: { readonly requestBody: Body; readonly responses: Readonly<Record<string, Body>> } }
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const document = parse(readFileSync(new URL("livepeer-gateway.openapi.yaml", import.meta.url), "utf8")) as Document;

export const paths: ReadonlyArray<string> = Object.keys(document.paths);

/** What the document says of a pipeline, its references followed. */
export const documented = (name: PipelineName) => {
  const { requestBody, responses } = document.paths[`/${name}`]!.post;
  const [wire, { schema: input }] = only(requestBody);
  const [answer, { schema: output }] = only(responses["200"]!);
  return { wire, input: resolve(input), answer, output: resolve(output) };
};

const only = ({ content }: Body) => {
  const [first, ...others] = Object.entries(content);
  if (first === undefined || others.length > 0) throw new Error("A body of one media type was expected.");
  return first;
};

/** The schema without `$ref` and without an `allOf` of one. */
const resolve = (schema: Schema): Schema => {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (target !== undefined) return resolve(document.components.schemas[target.replace("#/components/schemas/", "")]!);
  const { properties, items } = schema;
  return {
    ...schema,
    ...(items && { items: resolve(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, resolve(each)])),
    }),
  };
};
