/** A call that is paid, and whose result is not all here: how it ends. */
import { Aborted, type GatewayError, type Subject } from "@sluice/errors";
import { exitCodes } from "../exitCodes.ts";
import { Failed, failed, failedCall } from "../failures/Failed.ts";
import type { OutputShape } from "../output/Output.ts";
import type { Known } from "./Known.ts";
import { count } from "./summary.ts";

/** With nothing saved it is the failure itself; with a part of it, a failure of its own that tells why. */
export const incomplete = (cause: GatewayError | Failed, { files, urls }: Known): GatewayError | Failed => {
  if (files.length === 0) return cause;
  const { code, message, fix, docsUrl, detail } = cause instanceof Failed ? cause : failedCall(cause);
  return failed("SLUICE-PARTIAL", {
    message: `${count(files.length, "file")} saved, and not all: ${message}`,
    lines: [`cause      ${code}`],
    fix: urls.length === 0 ? fix : "Fetch what is missing from its address soon: gateways keep it for a short time.",
    detail: { retryable: false, cause: { code, message, fix, docsUrl, ...detail } },
  });
};

/** Ctrl-C. `inFlight`: while an attempt was unanswered. */
export const interrupted = (subject: Subject, output: OutputShape, known: Known, inFlight: boolean): void => {
  const aborted = failedCall(new Aborted({ ...subject, inFlight }));
  output.status(undefined);
  if (!known.isPaid) {
    output.note(`■ interrupted${inFlight ? "; the attempt under way may be billed" : ""}`);
    if (output.json) output.failed(known.complete(aborted));
    return;
  }
  const { code, docsUrl, detail = {} } = aborted;
  const saved = known.files.map((file) => `saved      ${file}`);
  output.note("■ interrupted");
  // A failure is printed with --quiet as well: what is paid must be found.
  output.failed(
    known.complete(
      new Failed({
        ...{ code, docsUrl, exitCode: exitCodes.interrupted, detail, lines: saved },
        message: "interrupted while the result was saved; the call is paid",
        fix:
          known.urls.length === 0
            ? ""
            : "Fetch what is missing from its address soon: gateways keep it for a short time.",
      }),
    ),
  );
};
