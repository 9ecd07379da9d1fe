/** What to do about a name that means nothing. */
import { nearest } from "@sluice/models";

/** `what`: how the known names are called, such as `settings`. */
export const fixOfUnknown = (written: string, known: ReadonlyArray<string>, what: string): string => {
  const meant = nearest(written.slice(0, 80), known);
  return meant === undefined
    ? `Leave it out; the ${what} are ${known.join(", ")}.`
    : `Write ${meant}, if that was meant, or leave it out.`;
};
