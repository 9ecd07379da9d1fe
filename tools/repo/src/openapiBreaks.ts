/** What of an OpenAPI document a client of the one before it can no longer count on. What is new breaks nobody. */
import { danglingRefs, resolved } from "./openapiRefs.ts";
import { type Direction, type Schema, SchemaComparison } from "./openapiSchemas.ts";
import { otherWords } from "./openapiWords.ts";

interface Described {
  readonly $ref?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
type Headers = Readonly<Record<string, Described>>;

interface Parameter extends Described {
  readonly name: string;
  readonly in: string;
}

interface Response {
  readonly headers?: Headers;
  readonly content?: Content;
}

/** Alternatives, each the schemes that are needed together. */
type Security = ReadonlyArray<Readonly<Record<string, ReadonlyArray<string>>>>;

interface Operation {
  readonly operationId?: string;
  readonly parameters?: ReadonlyArray<Parameter>;
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses?: Readonly<Record<string, Response>>;
  readonly security?: Security;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The parameters here are those of every operation that has none of the same name. */
type PathItem = Pick<Operation, "parameters"> & Readonly<Partial<Record<(typeof methods)[number], Operation>>>;

export interface Document {
  readonly info: { readonly version: string };
  readonly paths?: Readonly<Record<string, PathItem>>;
  readonly components?: {
    readonly securitySchemes?: Readonly<Record<string, object>>;
    readonly [kind: string]: unknown;
  };
  readonly security?: Security;
}

type Breaks = ReadonlyArray<string>;

/** Each break as a sentence that names its operation. */
export const breaksOf = (before: Document, after: Document): Breaks => new Comparison(before, after).breaks;

/** Before 1.0, a minor version may break; after it, a major one. */
export const mayBreak = (before: string, after: string): boolean => {
  const [[major = 0, minor = 0], [nextMajor = 0, nextMinor = 0]] = [before, after].map((version) =>
    version.split(".").map(Number),
  ) as [Array<number>, Array<number>];
  return nextMajor > major || (major === 0 && nextMajor === 0 && nextMinor > minor);
};

class Comparison {
  readonly #before: Document;
  readonly #after: Document;

  constructor(before: Document, after: Document) {
    this.#before = before;
    this.#after = after;
  }

  get breaks(): Breaks {
    const paths = Object.entries(this.#before.paths ?? {}).flatMap(([path, item]) =>
      this.#path(resolved(this.#before, item), resolved(this.#after, this.#after.paths?.[path] ?? {}), path),
    );
    const old = danglingRefs(this.#before);
    const dangling = danglingRefs(this.#after).filter((ref) => !old.includes(ref));
    const gone = dangling.map((ref) => `${ref} is not there, but referred to`);
    return [...new Set([...gone, ...this.#schemes(), ...paths])];
  }

  #path(before: PathItem, after: PathItem, path: string): Breaks {
    return methods.flatMap((method) => {
      const [was, is] = [before[method], after[method]];
      const name = `${method.toUpperCase()} ${path}`;
      if (was === undefined) return [];
      if (is === undefined) return [`${name} is gone`];
      const old = parametersOf(this.#before, before, was);
      return [...this.#parameters(old, parametersOf(this.#after, after, is), name), ...this.#operation(was, is, name)];
    });
  }

  #operation(before: Operation, after: Operation, name: string): Breaks {
    const compared = ["parameters", "requestBody", "responses", "security", "servers"];
    return [
      ...otherWords(before, after, compared, name),
      ...this.#body(before, after, name),
      ...this.#responses(before, after, name),
      ...this.#security(before, after, name),
    ];
  }

  #parameters(old: ReadonlyArray<Parameter>, now: ReadonlyArray<Parameter>, name: string): Breaks {
    const kept = old.flatMap((one) => {
      const found = now.find(isSame(one));
      const where = `${name}: the ${one.in} parameter ${one.name}`;
      if (found === undefined) return [`${where} is gone`];
      return this.#described("request", one, found, where);
    });
    const needed = now.filter((one) => one.required === true && old.find(isSame(one))?.required !== true);
    return [...kept, ...needed.map((one) => `${name}: the ${one.in} parameter ${one.name} is required now`)];
  }

  #described(direction: Direction, was: Described, is: Described, where: string): Breaks {
    return [
      ...this.#schemas(direction, was.schema, is.schema, where),
      ...otherWords(was, is, ["name", "in", "required", "schema"], where),
    ];
  }

  #body(before: Operation, after: Operation, name: string): Breaks {
    const was = resolved(this.#before, before.requestBody ?? {});
    const is = resolved(this.#after, after.requestBody ?? {});
    const isNeeded = is.required === true && was.required !== true;
    const types = this.#content("request", was.content, is.content, `${name}: the body`);
    return [...types, ...(isNeeded ? [`${name}: the body is required now`] : [])];
  }

  #responses({ responses: was = {} }: Operation, { responses: is = {} }: Operation, name: string): Breaks {
    return Object.entries(was).flatMap(([status, response]) => {
      const where = `${name}: the answer ${status}`;
      if (is[status] === undefined) return [`${where} is gone`];
      const [old, now] = [resolved(this.#before, response), resolved(this.#after, is[status])];
      return [
        ...this.#headers(old.headers, now.headers, where),
        ...this.#content("response", old.content, now.content, where),
        ...otherWords(old, now, ["headers", "content"], where),
      ];
    });
  }

  #headers(was: Headers = {}, is: Headers = {}, where: string): Breaks {
    return Object.entries(was).flatMap(([header, described]) => {
      if (is[header] === undefined) return [`${where} has no header ${header} any more`];
      const [old, now] = [resolved(this.#before, described), resolved(this.#after, is[header])];
      const name = `${where}: the header ${header}`;
      const isOptional = old.required === true && now.required !== true;
      return [...this.#described("response", old, now, name), ...(isOptional ? [`${name} may be absent now`] : [])];
    });
  }

  #content(direction: Direction, was: Content = {}, is: Content = {}, where: string): Breaks {
    return Object.entries(was).flatMap(([type, media]) => {
      const next = is[type];
      if (next === undefined) return [`${where} has no ${type} any more`];
      return this.#described(direction, media, next, `${where} (${type})`);
    });
  }

  #schemas(direction: Direction, was: Schema = {}, is: Schema = {}, where: string): Breaks {
    const follow = {
      before: (schema: Schema) => resolved(this.#before, schema),
      after: (schema: Schema) => resolved(this.#after, schema),
    };
    return new SchemaComparison(direction, follow).breaks(was, is, where);
  }

  #schemes(): Breaks {
    const [was = {}, is = {}] = [this.#before, this.#after].map((one) => one.components?.securitySchemes);
    return Object.entries(was).flatMap(([key, scheme]) => {
      const [next, where] = [is[key], `the security scheme ${key}`];
      return next === undefined ? [`${where} is gone`] : otherWords(scheme, next, [], where);
    });
  }

  #security(before: Operation, after: Operation, name: string): Breaks {
    const was = alternatives(before.security ?? this.#before.security);
    const is = alternatives(after.security ?? this.#after.security);
    const isEnough = (schemes: ReadonlyArray<string>) =>
      is.some((needed) => needed.every((one) => schemes.includes(one)));
    return was
      .filter((schemes) => !isEnough(schemes))
      .map((schemes) => `${name}: ${schemes.join(" and ") || "no key"} is not enough any more`);
  }
}

/** The schemes of each alternative; one without any where nothing is needed. */
const alternatives = (security: Security = []): ReadonlyArray<ReadonlyArray<string>> =>
  security.length === 0 ? [[]] : security.map((schemes) => Object.keys(schemes));

const isSame = (one: Parameter) => (other: Parameter) => other.in === one.in && other.name === one.name;

const parametersOf = (document: Document, item: PathItem, operation: Operation): ReadonlyArray<Parameter> => {
  const [own, shared] = [operation, item].map(({ parameters = [] }) =>
    parameters.map((one) => resolved(document, one)),
  );
  return [...(own ?? []), ...(shared ?? []).filter((one) => own?.some(isSame(one)) !== true)];
};
