/** The checks that somebody asked for, by id or by group. */
import type { Check } from "../checks/Check.ts";

/** `undefined` asks for all. */
export const selected = (
  checks: ReadonlyArray<Check>,
  only: ReadonlyArray<string> | undefined,
): ReadonlyArray<Check> =>
  only === undefined ? checks : checks.filter((check) => only.some((asked) => isMeant(check, asked)));

/** What of it names no check. */
export const unknownIn = (checks: ReadonlyArray<Check>, only: ReadonlyArray<string>): ReadonlyArray<string> =>
  only.filter((asked) => !checks.some((check) => isMeant(check, asked)));

const isMeant = ({ id, group }: Check, asked: string): boolean => {
  const word = asked.trim().toLowerCase();
  return word === id.toLowerCase() || word === group || word === group.replaceAll(" ", "-");
};
