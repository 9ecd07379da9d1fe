/** Judges an answer: what the document says of the operation, and what no answer may hold. */
import addFormats from "ajv-formats";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Document, Operation } from "./Description.ts";
import type { Ask } from "./requests.ts";

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly rawPayload: Buffer;
}

const escaped = (name: string): string => encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));

const stack = /\bat \S.*\.[tj]s:\d+/;

/** Of other methods and paths no operation tells; they fail as their neighbours do. */
const isElsewhere = ({ kind }: Ask): boolean => kind === "method";

export class Judge {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  readonly #validators = new Map<string, ValidateFunction>();
  /** What no answer may hold. */
  readonly #secret: string;
  /** Whether the gateway may be at fault. */
  readonly #mayFail: boolean;

  constructor(document: Document, secret: string, { mayFail = false } = {}) {
    this.#mayFail = mayFail;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: "sluice", ...document });
    this.#secret = secret;
  }

  /** Whether the document allows what a request says; `true` also where it has no way to say. */
  allows(operation: Operation, { json, method }: Ask): boolean {
    if (json === undefined || method !== "POST") return true;
    const [path, place] = [escaped(operation.path), escaped("application/json")];
    return this.#validator(`/paths/${path}/post/requestBody/content/${place}/schema`)(json);
  }

  /** What is wrong with an answer; empty when nothing is. */
  faultsOf(operation: Operation, ask: Ask, answer: Answer): ReadonlyArray<string> {
    const { statusCode, headers, rawPayload } = answer;
    const text = rawPayload.toString("utf8");
    const faults = [
      ...(typeof headers["x-request-id"] === "string" ? [] : ["it has no x-request-id"]),
      ...(text.includes(this.#secret) || JSON.stringify(headers).includes(this.#secret) ? ["it holds the key"] : []),
      ...(stack.test(text) ? ["it holds a stack"] : []),
      ...(statusCode >= 500 && (!this.#mayFail || text.includes("SLUICE-500-INTERNAL"))
        ? ["it is a failure of the service"]
        : []),
      ...(ask.kind === "missing" && statusCode < 400 ? ["a field that must be there was not missed"] : []),
      ...(this.allows(operation, ask) || statusCode >= 400 ? [] : ["the document does not allow the request"]),
    ];
    if (ask.method === "HEAD" || ask.method === "OPTIONS") return faults;
    return [...faults, ...(isElsewhere(ask) ? this.#elsewhere(ask, answer) : this.#documented(operation, answer))];
  }

  #documented(
    { path, method, answers }: Operation,
    { statusCode, headers, rawPayload }: Answer,
  ): ReadonlyArray<string> {
    const status = [String(statusCode), `${String(statusCode).slice(0, 1)}XX`].find((one) => answers.has(one));
    if (status === undefined) return [`the document has no ${statusCode}`];
    const types = answers.get(status) ?? new Map<string, never>();
    if (types.size === 0) return rawPayload.length === 0 ? [] : ["the document knows of no body"];
    const sent = String(headers["content-type"]).split(";", 1)[0] ?? "";
    const type = [sent, sent.replace(/\/.*/, "/*")].find((one) => types.has(one));
    if (type === undefined) return [`the document has no ${sent} with ${status}`];
    const schema = types.get(type);
    if (schema?.format === "binary") return [];
    const where = `/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}/content/${escaped(type)}/schema`;
    return valuesIn(type, rawPayload.toString("utf8"), schema?.type === "string").flatMap((value) =>
      this.#against(where, value),
    );
  }

  #elsewhere({ url }: Ask, { statusCode, headers, rawPayload }: Answer): ReadonlyArray<string> {
    if (statusCode < 400) return ["a method that the document does not have is taken"];
    const [name, type] = url.startsWith("/v1/")
      ? ["OpenaiError", "application/json"]
      : ["Problem", "application/problem+json"];
    if (!String(headers["content-type"]).startsWith(type)) return [`it is no ${type}`];
    return this.#against(`/components/schemas/${name}`, JSON.parse(rawPayload.toString("utf8")));
  }

  #against(where: string, value: unknown): ReadonlyArray<string> {
    const validate = this.#validator(where);
    return validate(value) ? [] : [`the body does not fit ${where}: ${this.#ajv.errorsText(validate.errors)}`];
  }

  #validator(where: string): ValidateFunction {
    const known = this.#validators.get(where) ?? this.#ajv.compile({ $ref: `sluice#${where}` });
    this.#validators.set(where, known);
    return known;
  }
}

/** A stream has many, each as its schema says but for the end. */
const valuesIn = (type: string, text: string, isText: boolean): ReadonlyArray<unknown> => {
  if (isText) return [text];
  if (type !== "text/event-stream") return [JSON.parse(text)];
  const events = text.split("\n\n").filter((event) => event.startsWith("data: "));
  return events
    .map((event) => event.slice(6))
    .filter((data) => data !== "[DONE]")
    .map((data): unknown => JSON.parse(data));
};
