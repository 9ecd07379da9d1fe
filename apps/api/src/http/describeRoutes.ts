/** The OpenAPI 3.1 document of the routes, made from their schemas, and a page to read it and to try them; all offline. */
import fastifySwagger from "@fastify/swagger";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { OpenAPIV3_1 } from "openapi-types";
import * as z from "zod";
import version from "../version.ts";
import { completeDocument } from "./completeDocument.ts";

type Transform = typeof jsonSchemaTransform;

/** A body that may come in several content types has a schema for each. */
interface BodyByType {
  readonly content: Readonly<Record<string, { readonly schema: z.ZodType }>>;
}

const isByType = (body: unknown): body is BodyByType =>
  typeof body === "object" && body !== null && !(body instanceof z.ZodType) && "content" in body;

const withBodiesByType: Transform = (route) => {
  const { body } = route.schema;
  if (!isByType(body)) return jsonSchemaTransform(route);
  const { body: _, ...others } = route.schema;
  const described = jsonSchemaTransform({ ...route, schema: others });
  const content: Readonly<Record<string, object>> = Object.fromEntries(
    Object.entries(body.content).map(([type, { schema }]) => [type, { schema: jsonSchemaOf(schema) }]),
  );
  return { ...described, schema: { ...described.schema, body: { content } } };
};

const jsonSchemaOf = (schema: z.ZodType): object => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input" });
  return json;
};

/** The gateway's profile may name another model than the schema. */
const withoutDefaultModel: Transform = (route) => {
  const described = withBodiesByType(route);
  const body = described.schema.body as
    { readonly properties?: Readonly<Record<string, { default?: unknown } | undefined>> } | undefined;
  for (const field of ["model_id", "model"]) delete body?.properties?.[field]?.default;
  return described;
};

const tags = [
  { name: "Livepeer", description: "The pipelines as a Livepeer gateway offers them." },
  { name: "OpenAI", description: "The same for clients of OpenAI." },
  { name: "Sluice", description: "What a call would cost, and which models there are." },
  { name: "Operator", description: "For whoever runs the service: a key with `admin`." },
  { name: "Media", description: "The files of results." },
  { name: "Health", description: "For whoever watches the process." },
];

export const describeRoutes = async (app: FastifyInstance): Promise<void> => {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Sluice API",
        version,
        description: "A gateway in front of Livepeer AI gateways: native, OpenAI-compatible and platform routes.",
        license: { name: "MIT", identifier: "MIT" } as { name: string },
      },
      tags,
      components: {
        securitySchemes: { key: { type: "http", scheme: "bearer", description: "A key of this service." } },
      },
      security: [{ key: [] }],
    },
    transform: withoutDefaultModel,
    transformObject: (document) => completeDocument(jsonSchemaTransformObject(document) as OpenAPIV3_1.Document),
  });
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
  await app.register(scalar, { routePrefix: "/docs", configuration: { url: "/openapi.json", telemetry: false } });
};
