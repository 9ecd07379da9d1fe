import { failure } from "../Failure.ts";

/** One mistake in a request. */
export interface FieldError {
  /** Dotted, such as `loras` or `messages.0.role`; empty when the mistake is not in one field. */
  readonly path: string;
  readonly message: string;
  /** What was sent there, short and safe to log: `"1024"`, `12.5`, `nothing`; texts for a model by their length alone. */
  readonly sent?: string;
  /** What to do about it, as a sentence. */
  readonly fix?: string;
}

export const sentence = ({ path, message, sent }: FieldError): string =>
  `${path === "" ? "" : `${path}: `}${message}${sent === undefined ? "" : ` (sent ${sent})`}`;

/** The fields at fault, each once, for a sentence. */
export const namesOf = (fields: ReadonlyArray<FieldError>): string =>
  [...new Set(fields.map(({ path }) => path))]
    .filter((path) => path !== "")
    .map((path) => `\`${path}\``)
    .join(", ");

/** The mistakes' own fixes, each with its field; then `rest` for the names of those that have none. */
export const fixesOf = (fields: ReadonlyArray<FieldError>, rest: (names: string) => string): string => {
  const own = fields.flatMap(({ path, fix }) => (fix === undefined ? [] : [path === "" ? fix : `\`${path}\`: ${fix}`]));
  const others = namesOf(fields.filter(({ fix }) => fix === undefined));
  return [...own, ...(others === "" ? [] : [rest(others)])].join(" ");
};

/** 400, 422 and their like, or our own check: the request must change. `status` is `null` when it was never sent. */
export class InvalidRequest extends failure("InvalidRequest")<{
  readonly status: number | null;
  readonly fields: ReadonlyArray<FieldError>;
}>({
  code: "SLUICE-422-INVALID-REQUEST",
  message: ({ gateway, pipeline, status, fields }) =>
    `${status === null ? "This" : gateway + " refused this"} ${pipeline} request${status === null ? " is invalid" : ""}: ${
      fields.map(sentence).join("; ") || `HTTP ${status ?? "-"} without an explanation`
    }`,
  fix: ({ fields }) =>
    fixesOf(fields, (names) => `Change ${names} as the message says, then call again.`) ||
    "Compare the request with the pipeline's documented fields.",
  retryable: false,
  mayHaveRun: false,
}) {}
