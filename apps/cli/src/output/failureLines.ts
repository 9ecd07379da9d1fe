/** A failure for a person: its cause, what else is known, what to do, and where to read more. */
import type { FailureFacts } from "../failures/Failed.ts";
import type { Style } from "./style.ts";

export const failureLines = (
  { code, message, lines = [], fix, docsUrl }: FailureFacts,
  style: Style,
): ReadonlyArray<string> => [
  `${style.bad("✗")} ${style.bold(code)}  ${message}`,
  ...lines.map((line) => `  ${line}`),
  ...(fix === "" ? [] : [`  fix       ${fix}`]),
  `  docs      ${style.dim(docsUrl)}`,
];
