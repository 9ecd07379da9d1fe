/**
 * What the routes' own schemas leave unsaid in the OpenAPI document: the headers that many of them share. And what zod and
 * Fastify say too much: schemas that nothing uses, and the HEAD beside a GET.
 */
import type { OpenAPIV3_1 } from "openapi-types";

type Document = OpenAPIV3_1.Document;
type Operation = OpenAPIV3_1.OperationObject;
type Reference = OpenAPIV3_1.ReferenceObject;

const text = { type: "string" } as const;
const whole = { type: "integer", minimum: 0 } as const;

/** Of answers, by the name of the field. */
const headers = {
  "x-request-id": {
    description: "What the request is called in logs and errors: your own name for it, or a new one.",
    schema: text,
  },
  "x-sluice-cost": { description: "What the call costs in USD, exact; or `unknown`.", schema: text },
  "x-sluice-attempts": { description: "How many requests the gateway was sent.", schema: whole },
  "x-sluice-model": { description: "The model that was asked for.", schema: text },
  "x-sluice-gateway": { description: "The gateway that answered.", schema: text },
  "server-timing": { description: "Milliseconds with the gateway, and between its attempts.", schema: text },
  ratelimit: {
    description: "What is left of the key's limits, as RFC 9651 writes lists; absent without limits.",
    schema: text,
  },
  "ratelimit-policy": { description: "The key's limits; absent without.", schema: text },
  "retry-after": { description: "Seconds to wait, where that is known.", schema: whole },
  "retry-after-ms": { description: "The same in milliseconds.", schema: whole },
  "x-should-retry": {
    description: "Whether the same request should be sent again.",
    schema: { type: "string", enum: ["true", "false"] },
  },
} satisfies Readonly<Record<string, OpenAPIV3_1.HeaderObject>>;

const limits = ["ratelimit", "ratelimit-policy"] as const;
const ofCalls = ["x-sluice-cost", "x-sluice-attempts", "x-sluice-model", "x-sluice-gateway", "server-timing"] as const;
const ofFailures = ["retry-after", "retry-after-ms", "x-should-retry"] as const;

const parameters = {
  "x-request-id": {
    name: "X-Request-Id",
    in: "header",
    description: "Your own name for the request: 1 to 128 letters, digits, dots, colons, dashes or underscores.",
    schema: text,
  },
  "x-sluice-max-cost": {
    name: "X-Sluice-Max-Cost",
    in: "header",
    description: "The most that the call may cost, in USD, such as 0.05. A dearer one is refused before it is sent.",
    schema: text,
  },
} satisfies Readonly<Record<string, OpenAPIV3_1.ParameterObject>>;

const refs = (section: string, names: ReadonlyArray<string>): Readonly<Record<string, Reference>> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/${section}/${name}` }]));

/** The same document, whole. */
export const completeDocument = (document: Document): Document => {
  const paths = Object.fromEntries(
    Object.entries(document.paths ?? {}).map(([path, { head: _, ...item } = {}]) => [path, completeItem(item)]),
  );
  const { schemas = {}, ...components } = document.components ?? {};
  const used = usedIn({ paths }, schemas);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept, headers, parameters }, paths };
};

const completeItem = (item: object): Readonly<Record<string, Operation>> =>
  Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      completeOperation(operation as Operation, method === "post"),
    ]),
  );

const completeOperation = (operation: Operation, isPost: boolean): Operation => {
  const tag = operation.tags?.[0] ?? "";
  const isCall = isPost && ["Livepeer", "OpenAI"].includes(tag);
  const isLimited = ["Livepeer", "OpenAI", "Sluice"].includes(tag);
  const own = operation.parameters ?? [];
  const shared = refs("parameters", isCall ? ["x-request-id", "x-sluice-max-cost"] : ["x-request-id"]);
  const responses = Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const isFailure = status.endsWith("XX");
    const told = [
      "x-request-id",
      ...(isLimited ? limits : []),
      ...(isCall && !isFailure ? ofCalls : []),
      ...(isFailure ? ofFailures : []),
    ];
    return [status, { ...response, headers: refs("headers", told) }] as const;
  });
  return { ...operation, parameters: [...own, ...Object.values(shared)], responses: Object.fromEntries(responses) };
};

/** The names of schemas that a value leads to, also by way of others. */
const usedIn = (value: unknown, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (inner: unknown): void => {
    for (const [, name = ""] of JSON.stringify(inner).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(schemas[name] ?? {});
    }
  };
  visit(value);
  return found;
};
