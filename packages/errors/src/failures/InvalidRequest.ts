import { failure } from "../Failure.ts";

/** One mistake in a request. */
export interface FieldError {
  /** Dotted, such as `loras` or `messages.0.role`; empty when the mistake is not in one field. */
  readonly path: string;
  readonly message: string;
  /** What was sent there, short and safe to log: `"1024"`, `12.5`, `nothing`; texts for a model by their length alone. */
  readonly sent?: string;
}

export const sentence = ({ path, message, sent }: FieldError): string =>
  `${path === "" ? "" : `${path}: `}${message}${sent === undefined ? "" : ` (sent ${sent})`}`;

/** The fields at fault, each once, for a sentence. */
export const namesOf = (fields: ReadonlyArray<FieldError>): string =>
  [...new Set(fields.map(({ path }) => path))]
    .filter((path) => path !== "")
    .map((path) => `\`${path}\``)
    .join(", ");

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
  fix: ({ fields }) => {
    const named = namesOf(fields);
    return named === ""
      ? "Compare the request with the pipeline's documented fields."
      : `Change ${named} as the message says, then call again.`;
  },
  retryable: false,
  mayHaveRun: false,
}) {}
