/** `images/generations` as text-to-image, and `images/edits` as image-to-image. */
import { type Asked, type Door, type Fields, inJson } from "./Door.ts";
import { modelOf } from "./modelOf.ts";

const usualSize = "1024x1024";

/** What is none stays what it is, for the gateway to refuse. */
const sizeOf = (size: unknown): Fields => {
  const asked = size === undefined || size === null || size === "auto" ? usualSize : size;
  const [, width, height] = /^(\d+)x(\d+)$/.exec(typeof asked === "string" ? asked : "") ?? [];
  return width === undefined ? { width: asked, height: asked } : { width: Number(width), height: Number(height) };
};

const countOf = (n: unknown): unknown => (n === null || n === "" ? undefined : n);

const tell: Door["tell"] = ({ images }, asked) => {
  if (!Array.isArray(images)) return undefined;
  const data = images.map((image: { readonly url: string }, index) =>
    isInBase64(asked.fields)
      ? { b64_json: base64Of(asked, index) }
      : { url: new URL(image.url, `http://${asked.host}`).href },
  );
  return inJson({ created: asked.created, data });
};

/** Models of the gpt-image family know nothing else. */
const isInBase64 = ({ response_format, model }: Fields): boolean =>
  response_format === "b64_json" || (response_format === undefined && String(model).startsWith("gpt-image"));

const base64Of = ({ made }: Asked, index: number): string => Buffer.from(made[index]?.make() ?? []).toString("base64");

export const imageGenerations: Door = {
  pipeline: "text-to-image",
  sentAs: "json",
  ask: ({ model, prompt, n, size }) => ({
    model_id: modelOf("text-to-image", model),
    prompt,
    num_images_per_prompt: countOf(n),
    ...sizeOf(size),
  }),
  tell,
};

export const imageEdits: Door = {
  pipeline: "image-to-image",
  sentAs: "form",
  ask: (fields) => ({
    model_id: modelOf("image-to-image", fields["model"]),
    prompt: fields["prompt"],
    num_images_per_prompt: countOf(fields["n"]),
    image: fields["image"] ?? fields["image[]"],
  }),
  tell,
};
