/**
 * A prompt that starts with a dash: read as flags, `-hello` would be a request for help that succeeds without an image.
 */
import { type Failed, failed } from "./failures/Failed.ts";

/** Short flags stand alone, so a dash with several letters, or with a space behind it, is text. */
const looksLikeText = (arg: string): boolean => /^-[^-]/.test(arg) && (/\s/.test(arg) || /^-\p{L}{2,}$/u.test(arg));

/** The failure of an invocation in which text was written as a flag; `undefined` when there is none. */
export const refuseDashedText = (args: ReadonlyArray<string>): Failed | undefined => {
  const end = args.indexOf("--");
  const shown = args.slice(0, end === -1 ? args.length : end);
  const at = shown.findIndex(looksLikeText);
  const text = shown[at];
  if (text === undefined) return undefined;
  const before = shown[at - 1] ?? "";
  const asText = `put a text that starts with a dash last, behind \`--\`: sluice generate text-to-image -- "${text}".`;
  return failed("SLUICE-USAGE", {
    message: `"${text}" starts with a dash and is not a flag`,
    // Which flags take a value is not known yet.
    fix: isFlag(before)
      ? `For the value of ${before}, write ${before}="${text}"; else ${asText}`
      : `${asText.slice(0, 1).toUpperCase()}${asText.slice(1)}`,
  });
};

const isFlag = (arg: string): boolean => /^(-\p{L}|--[^=]+)$/u.test(arg);
