/** The bounds of numbers, texts and lists in two JSON Schemas. */
import type { Schema } from "./openapiSchemas.ts";

const lowerBounds = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const upperBounds = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];

const textWords = ["pattern", "format"] as const;

export const boundWords = [...lowerBounds, ...upperBounds, ...textWords, "multipleOf"];

/** What a client may send less of, each as a sentence that begins with `where`. */
export const tightened = (before: Schema, after: Schema, where: string): ReadonlyArray<string> => {
  const bound = (words: ReadonlyArray<string>, isTighter: (was: number, is: number) => boolean, none: number) =>
    words.flatMap((word) => {
      const [was = none, is = none] = [before[word], after[word]] as ReadonlyArray<number | undefined>;
      return isTighter(was, is) ? [`${where} has a tighter \`${word}\`: ${is}`] : [];
    });
  const { multipleOf: step } = after;
  const wasStep = before.multipleOf ?? (before.type === "integer" ? 1 : undefined);
  const isOffStep = step !== undefined && (wasStep === undefined || !Number.isInteger(wasStep / step));
  return [
    ...bound(lowerBounds, (was, is) => is > was, -Infinity),
    ...bound(upperBounds, (was, is) => is < was, Infinity),
    ...(isOffStep ? [`${where} has a tighter \`multipleOf\`: ${step}`] : []),
  ];
};

/** The texts that `binding` has, one of the two, and that are not the same in both. */
export const otherTexts = (before: Schema, after: Schema, binding: Schema, where: string): ReadonlyArray<string> =>
  textWords
    .filter((word) => binding[word] !== undefined && before[word] !== after[word])
    .map((word) => `${where} has another \`${word}\`: ${after[word] ?? "none"}`);
