/**
 * Where a command's words go: the product to stdout, everything else to stderr. With `--json`, stdout carries exactly
 * one object, and stderr is quiet.
 */
import { type Attempt, type FailureFields, type FieldError, isGatewayError } from "@sluice/errors";
import type { Cost } from "@sluice/core/effect";

/** The quote; `null` when the command failed before it was known. */
export type QuotedCost = Pick<Cost, "usd"> & Partial<Cost>;

/** The object that `--json` prints, for success and failure alike. */
export interface Outcome {
  readonly ok: boolean;
  /** `OK`, or the failure's stable code. */
  readonly code: string;
  readonly message: string;
  readonly fix: string | null;
  readonly attempts: ReadonlyArray<Attempt>;
  readonly cost: QuotedCost | null;
  readonly files: ReadonlyArray<string>;
  readonly [detail: string]: unknown;
}

export interface Report {
  /** A line for the person who waits. */
  readonly note: (line: string) => void;
  /** What there is of the product when the command then fails: one path a line; nothing with `--json`. */
  readonly product: (files: ReadonlyArray<string>) => void;
  /** The command's product: one path a line, or the one object. */
  readonly done: (outcome: Outcome) => void;
  readonly failed: (outcome: Outcome, lines: ReadonlyArray<string>) => void;
}

const toJson = (outcome: Outcome): string =>
  JSON.stringify(outcome, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value));

const lines = (files: ReadonlyArray<string>): string => files.map((file) => `${file}\n`).join("");

export const makeReport = (json: boolean, io: Pick<typeof process, "stdout" | "stderr"> = process): Report =>
  json
    ? {
        note: () => undefined,
        product: () => undefined,
        done: (outcome) => io.stdout.write(`${toJson(outcome)}\n`),
        failed: (outcome) => io.stdout.write(`${toJson(outcome)}\n`),
      }
    : {
        note: (line) => io.stderr.write(`${line}\n`),
        product: (files) => io.stdout.write(lines(files)),
        done: ({ files }) => io.stdout.write(lines(files)),
        failed: (_, lines) => io.stderr.write(`${lines.join("\n")}\n`),
      };

/** A failure as the one object; `cost` and `files` are what was known when it struck. */
export const failureOutcome = (
  error: Error & FailureFields,
  known: { readonly cost: QuotedCost | null; readonly files: ReadonlyArray<string> },
): Outcome => {
  const { code, message, fix, attempts, retryable, mayHaveRun, requestId, docsUrl } = error;
  const fields = isGatewayError(error, "InvalidRequest", "InvalidConfiguration") ? { fields: error.fields } : {};
  const detail = { retryable, mayHaveRun, docsUrl, ...fields, ...(requestId === undefined ? {} : { requestId }) };
  return { ok: false, code, message, fix, attempts, ...known, ...detail };
};

/** A failure for a person: what happened, how often it was tried, and what to do. Several mistakes get a line each. */
export const failureLines = (error: FailureFields & Error): ReadonlyArray<string> => {
  const { code, message, fix, attempts, requestId, docsUrl } = error;
  const mistakes = isGatewayError(error, "InvalidRequest", "InvalidConfiguration") ? error.fields : [];
  const tried = attempts.map(({ status }) => status ?? "–").join(" ");
  return [
    ...(mistakes.length > 1
      ? [`✗ ${code}  ${mistakes.length} mistakes`, ...mistakes.map(mistakeLine)]
      : [`✗ ${code}  ${message}`]),
    ...(attempts.length === 0 ? [] : [`  attempts  ${attempts.length} (${tried})   ${requestId ?? ""}`.trimEnd()]),
    ...(mistakes.length > 1 ? [] : [`  fix       ${fix}`]),
    `  docs      ${docsUrl}`,
  ];
};

const mistakeLine = ({ path, message, sent, fix = "" }: FieldError): string => {
  const told = sent === undefined ? "" : ` (sent ${sent})`;
  // Some messages say themselves what to do.
  return `  ${path}  ${message}${told}. ${fix === `It ${message}.` ? "" : fix}`.trimEnd();
};
