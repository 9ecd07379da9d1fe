import { failure } from "../Failure.ts";
import { type FieldError, fixesOf, sentence } from "./InvalidRequest.ts";

/** A setting is missing or wrong: an unknown profile, a base URL that is not one, a key with a line break. */
export class InvalidConfiguration extends failure("InvalidConfiguration")<{
  readonly fields: ReadonlyArray<FieldError>;
}>({
  code: "SLUICE-400-CONFIGURATION",
  message: ({ fields }) => `Sluice is not configured correctly: ${fields.map(sentence).join("; ")}.`,
  fix: ({ fields }) => fixesOf(fields, (names) => `Correct ${names}.`),
  retryable: false,
  mayHaveRun: false,
}) {}
