/** Parsing as the packages do it: to a request, or to the mistakes that a person is shown. */
import type { FieldError } from "@sluice/errors";
import { fieldErrors, TextToImage, type TextToImageRequest } from "../../src/index.ts";

export const parse = (input: unknown): TextToImageRequest => TextToImage.input.parse(input);

/** The mistakes of an input; a test that meets a good one instead fails here. */
export const mistakesIn = (input: unknown): ReadonlyArray<FieldError> => {
  const { error } = TextToImage.input.safeParse(input);
  if (error === undefined) throw new Error("This input was accepted.");
  return fieldErrors(error);
};
