/** How Go reads a text-to-image body, and the sentences with which encoding/json/decode.go refuses one. */
import { type GoJson, parseGoJson } from "./goJson.ts";

type GoType = "string" | "bool" | "int" | "float32";

const goTypes: ReadonlyMap<string, GoType> = new Map([
  ["model_id", "string"],
  ["loras", "string"],
  ["prompt", "string"],
  ["height", "int"],
  ["width", "int"],
  ["guidance_scale", "float32"],
  ["negative_prompt", "string"],
  ["safety_check", "bool"],
  ["seed", "int"],
  ["num_inference_steps", "int"],
  ["num_images_per_prompt", "int"],
]);

export interface TextToImageParams {
  readonly model_id?: string | null;
  readonly prompt?: string | null;
  readonly height?: number | null;
  readonly width?: number | null;
  readonly seed?: number | null;
  readonly num_images_per_prompt?: number | null;
}

export type Decoded =
  | { readonly ok: true; readonly params: TextToImageParams; readonly body: unknown }
  | { readonly ok: false; readonly message: string; readonly body?: unknown };

export const decodeTextToImage = (text: string): Decoded => {
  const parsed = parseGoJson(text);
  if (!parsed.ok) return parsed;
  const { json } = parsed;
  const body = json.value;
  const refused = (what: string, where: string): Decoded => {
    return { ok: false, message: `json: cannot unmarshal ${what} into Go ${where}`, body };
  };
  // `null` is as good as absent, here and below.
  if (json.kind === "null") return { ok: true, params: {}, body };
  if (json.kind !== "object") return refused(json.kind, "value of type worker.TextToImageParams");
  const params: Record<string, unknown> = {};
  for (const [key, member] of json.members) {
    // Go matches names whatever their case, shows its own, and ignores those that it does not know.
    const name = key.toLowerCase();
    const type = goTypes.get(name);
    if (type === undefined) continue;
    const misfit = misfitOf(member, type);
    if (misfit !== undefined) return refused(misfit, `struct field TextToImageParams.${name} of type ${type}`);
    params[name] = member.value;
  }
  return { ok: true, params, body };
};

/** What Go calls a value that is not of the type. It shows a number only where another number would have done. */
const misfitOf = (json: GoJson, type: GoType): string | undefined => {
  if (json.kind === "null" || json.kind === type) return undefined;
  if (json.kind !== "number" || type === "string" || type === "bool") return json.kind;
  const fits = type === "int" ? isInt64(json.literal) : Number.isFinite(Math.fround(json.value));
  return fits ? undefined : `number ${json.literal}`;
};

/** Go parses the literal, so that neither 512.0 nor 1e3 is an int. */
const isInt64 = (literal: string): boolean =>
  /^-?[0-9]{1,19}$/.test(literal) && BigInt.asIntN(64, BigInt(literal)) === BigInt(literal);
