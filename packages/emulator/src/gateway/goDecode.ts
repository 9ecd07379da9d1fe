/** How Go reads a JSON body into a struct, and the sentences with which encoding/json/decode.go refuses one. */
import { type GoJson, type GoParsed, parseGoJson, parseWholeGoJson } from "./goJson.ts";
import { type GoScalar, type GoSlice, type GoStruct, type ParamsOf, typeOfField } from "./goStruct.ts";

/** `body` is the JSON value that was read, if the text began with one. */
export type Decoded<S extends GoStruct> =
  | { readonly ok: true; readonly params: ParamsOf<S>; readonly body: unknown }
  | { readonly ok: false; readonly message: string; readonly body?: unknown };

/** As a json.Decoder does, which leaves what follows the value for later. */
export const decodeJson = <S extends GoStruct>(struct: S, text: string): Decoded<S> =>
  decode(struct, parseGoJson(text));

/** As json.Unmarshal does, which takes the whole text. */
export const unmarshalJson = <S extends GoStruct>(struct: S, text: string): Decoded<S> =>
  decode(struct, parseWholeGoJson(text));

const decode = <S extends GoStruct>(struct: S, parsed: GoParsed): Decoded<S> => {
  if (!parsed.ok) return parsed;
  const { json } = parsed;
  const body = json.value;
  try {
    // `null` is as good as absent, here and below.
    const params =
      json.kind === "null" ? {} : read(json, struct, `value of type ${struct.package ?? "worker"}.${struct.name}`, []);
    return { ok: true, params: params, body };
  } catch (error) {
    if (error instanceof GoTypeError) return { ok: false, message: error.message, body };
    throw error;
  }
};

class GoTypeError extends Error {
  constructor(what: string, where: string) {
    super(`json: cannot unmarshal ${what} into Go ${where}`);
  }
}

/** `outer`: the names of the fields around this one. */
const read = (json: GoJson, struct: GoStruct, where: string, outer: ReadonlyArray<string>): object => {
  if (json.kind !== "object") throw new GoTypeError(json.kind, where);
  const params: Record<string, unknown> = {};
  for (const [key, member] of json.members) {
    // Go matches names whatever their case, shows its own, and ignores those that it does not know.
    const name = key.toLowerCase();
    const type = typeOfField(struct, name);
    if (type === undefined) continue;
    const path = [...outer, name];
    const field = `struct field ${struct.name}.${path.join(".")} of type `;
    params[name] = typeof type === "string" ? scalar(member, type, field) : slice(member, type, field, path);
  }
  return params;
};

const slice = (json: GoJson, { sliceOf }: GoSlice, field: string, path: ReadonlyArray<string>): unknown => {
  if (json.kind === "null") return null;
  if (json.kind !== "array") throw new GoTypeError(json.kind, `${field}[]worker.${sliceOf.name}`);
  return json.members.map(([, item]) =>
    item.kind === "null" ? {} : read(item, sliceOf, `${field}worker.${sliceOf.name}`, path),
  );
};

const scalar = (json: GoJson, type: GoScalar, field: string): unknown => {
  const misfit = misfitOf(json, type);
  if (misfit !== undefined) throw new GoTypeError(misfit, field + type);
  return json.value;
};

/** What Go calls a value that is not of the type. It shows a number only where another number would have done. */
const misfitOf = (json: GoJson, type: GoScalar): string | undefined => {
  if (json.kind === "null" || json.kind === type) return undefined;
  if (json.kind !== "number" || type === "string" || type === "bool") return json.kind;
  const fits = type === "int" ? isInt64(json.literal) : Number.isFinite(Math.fround(json.value));
  return fits ? undefined : `number ${json.literal}`;
};

/** Go parses the literal, so that neither 512.0 nor 1e3 is an int. */
const isInt64 = (literal: string): boolean =>
  /^-?[0-9]{1,19}$/.test(literal) && BigInt.asIntN(64, BigInt(literal)) === BigInt(literal);
