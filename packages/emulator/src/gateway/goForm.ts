/**
 * How Go reads a multipart body into a struct: net/http finds the parts, and oapi-codegen's runtime.BindMultipart puts
 * them into the fields, whose types are all scalars. The sentences are those of net/http, mime/multipart and strconv.
 */
import * as Effect from "effect/Effect";
import { formDataOf, noteOf } from "./formData.ts";
import { type GoScalar, type GoStruct, type ParamsOf, typeOfField } from "./goStruct.ts";
import type { Incoming } from "./Incoming.ts";

/** `body`, for the journal: texts as they came, files by their length and type. */
export type Bound<S extends GoStruct> =
  | { readonly ok: true; readonly params: ParamsOf<S>; readonly file: Buffer; readonly body: object }
  | { readonly ok: false; readonly message: string; readonly body?: object };

/** Reads a request whose file travels in the field `file`. No such file is as good as an empty one. */
export const readForm = <S extends GoStruct>(
  struct: S,
  file: string,
  { headers, bytes }: Incoming,
): Effect.Effect<Bound<S>> => {
  const type = headers["content-type"] ?? "";
  const refuse = (message: string) => Effect.as(bytes, { ok: false, message } as const);
  if (!/^multipart\/form-data\s*(;|$)/i.test(type)) return refuse("request Content-Type isn't multipart/form-data");
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return refuse("no multipart boundary param in Content-Type");
  return Effect.flatMap(bytes, (raw) =>
    Effect.promise(async () => {
      const form = await formDataOf(raw, type);
      if (form !== undefined) return bind(struct, form, await contentOf(form, file));
      const begun = raw.includes(`--${boundary}`);
      return { ok: false, message: begun ? "unexpected EOF" : "multipart: NextPart: EOF" };
    }),
  );
};

/** A part without a file name is a text, whatever it is called. */
const contentOf = async (form: FormData, name: string): Promise<Buffer> => {
  const file = form.getAll(name).find((part) => typeof part !== "string");
  return file === undefined ? Buffer.alloc(0) : Buffer.from(await file.arrayBuffer());
};

const bind = <S extends GoStruct>(struct: S, form: FormData, file: Buffer): Bound<S> => {
  const body = Object.fromEntries([...form].map(([name, part]) => [name, noteOf(part)]));
  const params: Record<string, unknown> = {};
  for (const name of Object.keys(struct.fields)) {
    const text = form.getAll(name).find((part) => typeof part === "string");
    const type = typeOfField(struct, name);
    if (text === undefined || typeof type !== "string") continue;
    const read = readers[type](text);
    if (!read.ok) return { ok: false, message: `error binding string parameter: ${read.message}`, body };
    params[name] = read.value;
  }
  return { ok: true, params: params as ParamsOf<S>, file, body };
};

type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

const failed = (fn: string, text: string, why = "invalid syntax"): Read => ({
  ok: false,
  message: `strconv.${fn}: parsing ${JSON.stringify(text)}: ${why}`,
});

const readers: Readonly<Record<GoScalar, (text: string) => Read>> = {
  string: (value) => ({ ok: true, value }),
  bool: (text) => {
    if (/^(1|t|T|TRUE|true|True)$/.test(text)) return { ok: true, value: true };
    return /^(0|f|F|FALSE|false|False)$/.test(text) ? { ok: true, value: false } : failed("ParseBool", text);
  },
  int: (text) => {
    if (!/^[+-]?[0-9]+$/.test(text)) return failed("ParseInt", text);
    const whole = BigInt(text.replace("+", ""));
    const fits = BigInt.asIntN(64, whole) === whole;
    return fits ? { ok: true, value: Number(whole) } : failed("ParseInt", text, "value out of range");
  },
  float32: (text) => {
    if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(text)) return failed("ParseFloat", text);
    const value = Number(text);
    if (!Number.isFinite(value)) return failed("ParseFloat", text, "value out of range");
    if (Number.isFinite(Math.fround(value))) return { ok: true, value };
    return { ok: false, message: `value '${text}' overflows destination of type: float32` };
  },
};
