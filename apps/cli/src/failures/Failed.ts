/** A command that did not work: what a person reads of it, what a program reads of it, and the exit code. */
import { type FieldError, type GatewayError, isGatewayError } from "@sluice/errors";
import * as Data from "effect/Data";
import * as Runtime from "effect/Runtime";
import { exitCodeOf } from "../exitCodes.ts";
import { type CliCode, codes, docsUrlOf } from "./codes.ts";

export interface FailureFacts {
  /** Stable: one of `codes`, or a gateway error's. */
  readonly code: string;
  /** The cause, as a sentence. */
  readonly message: string;
  /** What to do about it: a sentence, or a command. */
  readonly fix: string;
  readonly docsUrl: string;
  readonly exitCode: number;
  /** For a person: what is said between the message and the fix. */
  readonly lines?: ReadonlyArray<string>;
  /** With `--json`: what the result says besides. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

export class Failed extends Data.TaggedError("Failed")<FailureFacts> {
  override readonly [Runtime.errorExitCode] = this.exitCode;
  override readonly [Runtime.errorReported] = false;
}

/** A failure of the command line's own. */
export const failed = (
  code: CliCode,
  facts: Pick<FailureFacts, "message"> & Partial<Pick<FailureFacts, "fix" | "lines" | "detail">>,
): Failed => {
  const { exitCode, fix } = codes[code];
  return new Failed({ code, exitCode, fix, docsUrl: docsUrlOf(code), ...facts });
};

/** A gateway's failure; `detail` is what was known when it struck. */
export const failedCall = (error: GatewayError, detail: Readonly<Record<string, unknown>> = {}): Failed => {
  const { code, fix, attempts, retryable, mayHaveRun, requestId, docsUrl } = error;
  const fields = isGatewayError(error, "InvalidRequest", "InvalidConfiguration") ? error.fields : [];
  const several = fields.length > 1;
  const tried = attempts.map(({ status }) => status ?? "–").join(" ");
  return new Failed({
    ...{ code, docsUrl, exitCode: exitCodeOf(error._tag) },
    message: several ? `${fields.length} mistakes` : error.message,
    // Each mistake has a fix of its own.
    fix: several ? "" : fix,
    lines: [
      ...(several ? fields.map(mistakeLine) : []),
      ...(attempts.length === 0 ? [] : [`attempts  ${attempts.length} (${tried})   ${requestId ?? ""}`.trimEnd()]),
    ],
    detail: {
      ...(several ? { message: error.message, fix } : {}),
      ...{ attempts, retryable, mayHaveRun },
      ...(fields.length === 0 ? {} : { fields }),
      ...(requestId === undefined ? {} : { requestId }),
      ...detail,
    },
  });
};

const mistakeLine = ({ path, message, sent, fix = "" }: FieldError): string => {
  const told = sent === undefined ? "" : ` (sent ${sent})`;
  // Some messages say themselves what to do.
  return `${path}  ${message}${told}. ${fix === `It ${message}.` ? "" : fix}`.trimEnd();
};
