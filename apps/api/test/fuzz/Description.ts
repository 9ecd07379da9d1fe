/** The OpenAPI document as the fuzzer reads it: each operation with what it takes and what it may answer, references followed. */

/** The words of JSON Schema that the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | ReadonlyArray<string>;
  readonly enum?: ReadonlyArray<unknown>;
  readonly anyOf?: ReadonlyArray<Schema>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: ReadonlyArray<string>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Parameter {
  readonly $ref?: string;
  readonly in?: string;
  readonly name?: string;
  readonly schema?: Schema;
}

interface Described {
  readonly operationId: string;
  readonly security?: ReadonlyArray<unknown>;
  readonly parameters?: ReadonlyArray<Parameter>;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly name: string;
  readonly method: "GET" | "POST";
  /** With `{…}` where parameters go. */
  readonly path: string;
  readonly parameters: ReadonlyArray<{ readonly in: string; readonly name: string; readonly schema: Schema }>;
  /** By content type; empty where nothing is taken. */
  readonly bodies: ReadonlyMap<string, Schema>;
  /** By status, such as `200` or `4XX`, and content type. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Schema>>;
}

export class Description {
  readonly document: Document;

  constructor(document: Document) {
    this.document = document;
  }

  get operations(): ReadonlyArray<Operation> {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, described]): Operation => {
        const { operationId: name, parameters = [], requestBody, responses } = described;
        return {
          name,
          method: method === "get" ? "GET" : "POST",
          path,
          parameters: parameters.flatMap(({ in: place = "", name: own = "", schema }) =>
            schema === undefined ? [] : [{ in: place, name: own, schema }],
          ),
          bodies: schemasIn(requestBody?.content),
          answers: new Map(Object.entries(responses).map(([status, { content }]) => [status, schemasIn(content)])),
        };
      }),
    );
  }

  /** A schema itself, where another only names it. */
  readonly follow = (schema: Schema): Schema => {
    const name = schema.$ref?.replace("#/components/schemas/", "");
    return name === undefined ? schema : this.follow(this.document.components.schemas[name] ?? {});
  };
}

const schemasIn = (content: Content = {}): ReadonlyMap<string, Schema> =>
  new Map(Object.entries(content).map(([type, { schema = {} }]) => [type, schema]));
