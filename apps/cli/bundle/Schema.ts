/**
 * As much of effect/Schema as effect/cli uses at a start (schemaWhenNeeded.ts puts it in Schema's place). A value that is
 * written as most are is read here; any other is read, or refused, by Schema itself, so that the answer is always Schema's.
 */
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import type * as Real from "effect/Schema";

/** What the value is, for Schema, and the value of a text that is plainly one. */
interface Kind {
  readonly schema: (schema: typeof Real) => Real.Decoder<unknown>;
  readonly read: (text: string) => unknown;
}

export const TrueLiterals: ReadonlySet<unknown> = new Set(["true", "1", "y", "yes", "on"]);
export const FalseLiterals: ReadonlySet<unknown> = new Set(["false", "0", "n", "no", "off"]);
export const is =
  (literals: ReadonlySet<unknown>) =>
  (value: unknown): boolean =>
    literals.has(value);

const numberLike =
  (pattern: RegExp) =>
  (text: string): number | undefined =>
    pattern.test(text) ? Number(text) : undefined;

/** Schema keeps these from its types, and effect/cli uses them all the same. */
const booleanLiterals: Kind["schema"] = (schema) =>
  (schema as unknown as { readonly BooleanLiterals: Real.Decoder<unknown> }).BooleanLiterals;

export const BooleanLiterals: Kind = {
  schema: booleanLiterals,
  read: (text) => (TrueLiterals.has(text) ? true : FalseLiterals.has(text) ? false : undefined),
};
export const Int: Kind = { schema: ({ Int }) => Int, read: numberLike(/^-?[1-9]\d{0,14}$|^0$/) };
export const Finite: Kind = { schema: ({ Finite }) => Finite, read: numberLike(/^-?\d{1,9}(\.\d{1,6})?$/) };
const dateKind: Kind = { schema: ({ Date }) => Date, read: () => undefined };

export const toCodecStringTree = (kind: Kind): Kind => kind;

export const decodeUnknownEffect =
  ({ schema, read }: Kind) =>
  (text: string): Effect.Effect<unknown, { readonly message: string }> => {
    const value = read(text);
    if (value !== undefined) return Effect.succeed(value);
    return Effect.flatMap(
      Effect.promise(() => import("effect/Schema")),
      (Schema) => Schema.decodeUnknownEffect(Schema.toCodecStringTree(schema(Schema)))(text),
    );
  };

/** The errors are made by effect/cli alone, which gives them what they need: their fields are not checked. */
export const TaggedError = () => Data.TaggedError;
const error = (tag: string) => () => Data.TaggedError(tag);

const unchecked = (): undefined => undefined;
const text = undefined;
export {
  dateKind as Date,
  error as Error,
  text as String,
  unchecked as Array,
  unchecked as Defect,
  unchecked as Literal,
  unchecked as optional,
  unchecked as optionalKey,
  unchecked as tag,
  unchecked as Union,
};
