/** The words of an OpenAPI object that the check has no rule for: any difference in one counts, unless it is for people. */
import { isDeepStrictEqual } from "node:util";

type Words = Readonly<Record<string, unknown>>;

const forPeople = [
  "$comment",
  "deprecated",
  "description",
  "example",
  "examples",
  "externalDocs",
  "summary",
  "tags",
  "title",
];

export const isForPeople = (word: string): boolean => forPeople.includes(word) || word.startsWith("x-");

/** Each word beside the `compared` ones that differs, as a sentence that begins with `where`. */
export const otherWords = (
  before: object,
  after: object,
  compared: ReadonlyArray<string>,
  where: string,
): ReadonlyArray<string> => {
  const words = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return words
    .filter((word) => !compared.includes(word) && !isForPeople(word))
    .filter((word) => !isDeepStrictEqual((before as Words)[word], (after as Words)[word]))
    .map((word) => `${where} has another \`${word}\``);
};
