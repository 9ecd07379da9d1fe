/**
 * Flags and arguments for the fields that several pipelines have, by the fields' names on the wire. What is not said is left
 * to the pipeline's own default.
 */
import type { InputOf, PipelineName } from "@sluice/models";
import * as Argument from "effect/cli/Argument";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";

/** A flag or an argument for every field of a pipeline: one that is missing does not compile. */
export type FieldsOf<Name extends PipelineName> = { readonly [Field in keyof InputOf<Name>]-?: unknown };

export const prompt = (description: string) =>
  Argument.String("prompt").pipe(Argument.withDescription(`${description}; - reads it from standard input`));

export const image = Argument.String("image").pipe(
  Argument.withDescription("A PNG, JPEG or GIF file; - reads it from standard input"),
);

export const model = Flag.String("model").pipe(
  Flag.withAlias("m"),
  Flag.withMetavar("id"),
  Flag.withDescription("Hugging Face model id, in its exact spelling"),
  Flag.optional,
);

const side = (name: "width" | "height", usual: number) =>
  Flag.Int(name).pipe(
    Flag.withAlias(name === "width" ? "W" : "H"),
    Flag.withMetavar("pixels"),
    Flag.withDescription(`A multiple of 8 from 64 to 4096 (default ${usual})`),
    Flag.optional,
  );
export const width = () => side("width", 1024);
export const height = (usual: number) => side("height", usual);

export const count = Flag.Int("count").pipe(
  Flag.withAlias("c"),
  Flag.withDescription("How many images, 1 to 12 (default 1)"),
  Flag.optional,
);

export const seed = Flag.Int("seed").pipe(
  Flag.withAlias("s"),
  Flag.withDescription("The same seed and request give the same result"),
  Flag.optional,
);

export const steps = (usual: string) =>
  Flag.Int("steps").pipe(Flag.withDescription(`Denoising steps, 1 to 200 (default: ${usual})`), Flag.optional);

export const guidance = Flag.Finite("guidance").pipe(
  Flag.withDescription("How closely to follow the prompt, 0 to 100 (default: the model's)"),
  Flag.optional,
);

export const negative = Flag.String("negative").pipe(
  Flag.withMetavar("prompt"),
  Flag.withDescription("What to leave out"),
  Flag.optional,
);

export const safetyCheck = Flag.Boolean("safety-check").pipe(
  Flag.withDescription("Have the gateway judge whether a picture may offend (default); --no-safety-check: do not"),
  Flag.optional,
);

/** Numbers as JSON numbers; what is none is sent as it is, and the pipeline's schema says what is wrong. */
export const loras = Flag.KeyValuePair("lora").pipe(
  Flag.withMetavar("id=weight"),
  Flag.withDescription("A LoRA by its Hugging Face id, and how strongly it counts; repeatable"),
  Flag.map((given) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(given).map(([id, weight]) => [id, Number.isNaN(Number(weight)) ? weight : Number(weight)]),
      ),
    ),
  ),
  Flag.optional,
);

/** Numbers with commas between, such as `320,240`. */
export const numbers =
  (length: number, example: string) =>
  (text: string): ReadonlyArray<number> => {
    const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
    if (parts.length === length && parts.every(Number.isFinite)) return parts;
    throw new Error(`"${text}" is not ${length} numbers with commas between, such as ${example}`);
  };

/** A list as the wire has it, JSON in a text; nothing of an empty one. */
export const listed = (values: ReadonlyArray<unknown>): Option.Option<string> =>
  values.length === 0 ? Option.none() : Option.some(JSON.stringify(values));
