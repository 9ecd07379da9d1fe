/** The ids that a flag names, separated by commas. */

/** `undefined`: all. */
export const idsOf = (flag: string | undefined): ReadonlyArray<string> | undefined =>
  flag?.split(",").flatMap((one) => one.trim() || []);
