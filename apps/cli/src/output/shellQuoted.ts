/** A word of a command that is printed to be pasted into a POSIX shell: in quotes, unless it can do no harm. */
import { visible } from "./visible.ts";

export const shellQuoted = (word: string): string =>
  /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(word) ? word : `'${visible(word).replaceAll("'", String.raw`'\''`)}'`;
