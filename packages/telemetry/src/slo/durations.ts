/** The texts of an SLO file as numbers. They have been checked by its schema. */

/** What the counts reach back: the longest window of any alert. */
export const longestMinutes = 3 * 24 * 60;

const minutes: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60 };

/** `10m` is 10, `6h` is 360. */
export const minutesOf = (text: string): number =>
  Number.parseInt(text, 10) * (minutes[text.at(-1) ?? ""] ?? Number.NaN);

/** `2.5s` is 2,500. */
export const millisecondsOf = (text: string): number => Math.round(Number.parseFloat(text) * 1_000);

/** `5%` is 0.05, as the decimal is read. */
export const shareOf = (text: string): number => Number(`${text.slice(0, -1)}e-2`);
