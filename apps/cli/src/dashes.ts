/**
 * A prompt that starts with a dash: read as flags, `-hello` would be a request for help that succeeds without an image.
 */
import { CommandFailed } from "./CommandFailed.ts";
import { exitCodes } from "./exitCodes.ts";
import { makeReport } from "./output/Report.ts";

/** Short flags stand alone, so a dash with several letters, or with a space behind it, is text. */
const looksLikeText = (arg: string): boolean => /^-[^-]/.test(arg) && (/\s/.test(arg) || /^-\p{L}{2,}$/u.test(arg));

/** The failure of an invocation in which text was written as a flag; `undefined` when there is none. */
export const refuseDashedText = (args: ReadonlyArray<string>, json: boolean): CommandFailed | undefined => {
  const end = args.indexOf("--");
  const text = args.slice(0, end === -1 ? args.length : end).find(looksLikeText);
  if (text === undefined) return undefined;
  const message = `"${text}" starts with a dash and is not a flag`;
  const fix = `Put a prompt that starts with a dash last, behind \`--\`: sluice generate text-to-image -- "${text}".`;
  const outcome = { ok: false, code: "SLUICE-USAGE", message, fix, attempts: [], cost: null, files: [] };
  makeReport(json).failed(outcome, [`✗ SLUICE-USAGE  ${message}`, `  fix       ${fix}`]);
  return new CommandFailed({ exitCode: exitCodes.usage });
};
