/** A form's texts and file as a pipeline's input: texts become numbers and booleans where the pipeline wants these. */
import type { CallInput } from "@sluice/core/effect";
import { type FieldError, InvalidRequest } from "@sluice/errors";
import { type PipelineName, pipelines } from "@sluice/models";
import * as z from "zod";
import type { Form } from "../http/Form.ts";

type Kind = "number" | "boolean" | "text";

/** What each field of a pipeline is made of, once for all requests. */
const kindsOf = (pipeline: PipelineName): ReadonlyMap<string, Kind> => {
  const { properties = {} } = z.toJSONSchema(pipelines[pipeline].input, { io: "input", unrepresentable: "any" });
  return new Map(
    Object.entries(properties).map(([name, schema]) => {
      const type = typeof schema === "object" ? schema.type : undefined;
      if (type === "integer" || type === "number") return [name, "number"];
      return [name, type === "boolean" ? "boolean" : "text"];
    }),
  );
};

/** A decimal, as JSON and Go write it. */
const decimal = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

const booleans = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** What cannot be read stays a text, and is refused by the pipeline's own check, which names the field. */
const valueOf = (kind: Kind | undefined, text: string): unknown => {
  if (kind === "number" && decimal.test(text)) return Number(text);
  return (kind === "boolean" ? booleans.get(text.toLowerCase()) : undefined) ?? text;
};

/** Reads the forms of one pipeline. Throws an `InvalidRequest` for a field that comes twice. */
export const formReader = <Name extends PipelineName>(
  pipeline: Name,
  gateway: string,
): ((form: Form) => CallInput<Name>) => {
  const kinds = kindsOf(pipeline);
  return ({ texts, files }) => {
    const names = [...texts]
      .flatMap(([name, values]) => values.map(() => name))
      .concat(files.map(({ field }) => field));
    const twice = names.filter((name, place) => names.indexOf(name) !== place);
    if (twice.length > 0) {
      const fields = [...new Set(twice)].map((path): FieldError => ({ path, message: "is given more than once" }));
      throw new InvalidRequest({ gateway, pipeline, status: null, fields });
    }
    return Object.fromEntries([
      ...[...texts].map(([name, [text = ""]]) => [name, valueOf(kinds.get(name), text)] as const),
      ...files.map(({ field, source }) => [field, source] as const),
    ]) as CallInput<Name>;
  };
};
