/** Requests of one operation: some as the document says, the others wrong in one way each. */
import fc from "fast-check";
import type { Description, Operation, Schema } from "./Description.ts";
import { boundary, broken, oddParts, partsOf, type Samples, written } from "./formBodies.ts";
import { type Headers, oddContentTypes, oddHeaders, oddKeys } from "./headers.ts";
import { type Fields, type Mutant, mutantsOf } from "./mutants.ts";
import { strangeTexts } from "./strange.ts";
import { fieldsOf, modelFields } from "./validValues.ts";

export type Kind =
  Mutant["kind"] | ("content type" | "broken" | "root" | "method" | "headers" | "key" | "parts" | "parameters");

export interface Ask {
  readonly kind: Kind;
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly payload?: Buffer;
  /** Of a body in JSON: what it says. */
  readonly json?: unknown;
}

export interface Scope {
  readonly description: Description;
  readonly samples: Samples;
  /** Who asks. */
  readonly key: Headers;
  /** The longest JSON, in bytes. */
  readonly bytes: number;
  /** The models of an operation, by its name. */
  readonly modelsOf: (operation: Operation) => ReadonlyArray<string>;
  /** What parameters of paths may be. */
  readonly parameters: Readonly<Record<string, ReadonlyArray<string>>>;
}

const json = "application/json";
const form = "multipart/form-data";
const formType = `${form}; boundary=${boundary}`;

export const requestsOf = (operation: Operation, scope: Scope): fc.Arbitrary<Ask> => {
  const { key, samples } = scope;
  const bases = [...operation.bodies].map(([type, schema]): fc.Arbitrary<Ask> => {
    const valid = validFields(operation, type, schema, scope);
    const { follow } = scope.description;
    const mutants = mutantsOf({ schema, follow, valid, bytes: scope.bytes });
    const base = { method: operation.method, url: operation.path };
    if (type === json) {
      const ask = (kind: Kind, value: unknown): Ask => ({
        ...{ ...base, kind, json: value },
        headers: { ...key, "content-type": json },
        payload: Buffer.from(JSON.stringify(value)),
      });
      const roots = fc.constantFrom<unknown>(null, [], "x", 1, true, [{}], {});
      return weighted(
        [12, mutants.map(({ kind, fields }) => ask(kind, fields))],
        [1, roots.map((root) => ask("root", root))],
        [3, valid.map((fields) => ask("valid", withoutModel(fields))).chain(oddities)],
      );
    }
    const ask = (kind: Kind, payload: Buffer): Ask => ({
      ...base,
      kind,
      headers: { ...key, "content-type": formType },
      payload,
    });
    return weighted(
      [9, mutants.map(({ kind, fields }) => ask(kind, written(partsOf(fields), samples)))],
      [4, valid.chain((fields) => oddParts(partsOf(fields))).map((parts) => ask("parts", written(parts, samples)))],
      [3, valid.map((fields) => ask("valid", written(partsOf(withoutModel(fields)), samples))).chain(oddities)],
    );
  });
  if (bases.length > 0) return fc.oneof(...bases);
  const bare = targets(operation, scope).map(({ url, kind }): Ask => ({
    kind,
    method: operation.method,
    url,
    headers: key,
  }));
  return weighted([3, bare], [2, bare.chain(oddities)]);
};

const weighted = <A>(...choices: ReadonlyArray<readonly [number, fc.Arbitrary<A>]>): fc.Arbitrary<A> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** What is broken in the midst of a model's name would be another model. */
const withoutModel = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !modelFields.has(name)));

/** A price is asked of another operation's fields. */
const validFields = (operation: Operation, type: string, schema: Schema, scope: Scope): fc.Arbitrary<Fields> => {
  const { description, modelsOf } = scope;
  const own = fieldsOf(schema, description.follow, modelsOf(operation));
  if (operation.name !== "estimate") return own;
  const others = description.operations.filter(({ name, bodies }) => name.startsWith("gen") && bodies.has(type));
  return fc.oneof(
    ...others.map((other) =>
      fieldsOf(other.bodies.get(type) ?? {}, description.follow, modelsOf(other)).map((input): Fields => {
        const pipeline = other.path.slice(1);
        return type === json ? { pipeline, input } : { pipeline, ...input };
      }),
    ),
  );
};

/** The same request with something odd around it. */
const oddities = (ask: Ask): fc.Arbitrary<Ask> => {
  const { json: _, ...bare } = ask;
  const { method, url, headers, payload } = bare;
  const keyless = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "authorization"));
  const methods = ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", method === "GET" ? "POST" : "GET"];
  return fc.oneof(
    oddHeaders.map((odd): Ask => ({ ...bare, kind: "headers", headers: { ...headers, ...odd } })),
    oddKeys.map((odd): Ask => ({ ...bare, kind: "key", headers: { ...keyless, ...odd } })),
    fc.constantFrom(...methods).map((other): Ask => ({ ...bare, kind: "method", method: other })),
    strangeTexts.map((text): Ask => ({
      ...bare,
      kind: "parameters",
      url: `${url}?${encodeURIComponent(wellFormed(text))}=1`,
    })),
    ...(payload === undefined
      ? []
      : [
          oddContentTypes.map((type): Ask => ({
            ...bare,
            kind: "content type",
            headers: { ...headers, "content-type": type },
          })),
          broken(payload).map((bytes): Ask => ({ ...bare, kind: "broken", payload: bytes })),
        ]),
  );
};

/** Where it can be asked, with what is in the path and the query as it should be, or not. */
const targets = (
  { path, parameters }: Operation,
  scope: Scope,
): fc.Arbitrary<{ readonly url: string; readonly kind: Kind }> => {
  const known = scope.parameters;
  const inPath = parameters.filter(({ in: place }) => place === "path").map(({ name }) => name);
  const inQuery = parameters.filter(({ in: place }) => place === "query").map(({ name }) => name);
  const urlOf = (values: ReadonlyArray<string>, query: Readonly<Record<string, string>>) => {
    const filled = inPath.reduce(
      (url, name, at) => url.replace(`{${name}}`, encodeURIComponent(wellFormed(values[at] ?? ""))),
      path,
    );
    const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`);
    return search.length === 0 ? filled : `${filled}?${search.join("&")}`;
  };
  const anything = fc.oneof(strangeTexts, fc.string({ maxLength: 400 }));
  const good = fc.tuple(...inPath.map((name) => fc.constantFrom(...(known[name] ?? ["x"]))));
  const odd = fc.tuple(
    fc.tuple(...inPath.map(() => anything)),
    fc.record(Object.fromEntries(inQuery.map((name) => [name, anything]))),
  );
  return fc.oneof(
    good.map((values) => ({ url: urlOf(values, {}), kind: "valid" as const })),
    odd.map(([values, query]) => ({
      url: urlOf(values, query as Record<string, string>),
      kind: "parameters" as const,
    })),
  );
};

/** `encodeURIComponent` throws at half a character. */
const wellFormed = (text: string): string => text.toWellFormed();
