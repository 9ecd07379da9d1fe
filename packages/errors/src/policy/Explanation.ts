/** What is known of a policy once it has been tried: data, and a table for people. */

/** From the least to the most that chance allows. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** One attempt after the first. In milliseconds. */
export interface Retry {
  /** 2 for the first retry. */
  readonly attempt: number;
  /** The wait before it. */
  readonly waitMs: Range;
  /** When it begins, counted from the start of the call. */
  readonly startMs: Range;
}

export interface Explanation {
  readonly code: string;
  readonly deadlineMs: number;
  /** Those that may be made; chance decides how many of them are. */
  readonly retries: ReadonlyArray<Retry>;
  readonly attempts: Range;
  /** The longest time until the call gives up; the deadline when nothing else ends it. */
  readonly longestMs: number;
}

/** The explanation as a table for people. */
export const formatExplanation = ({ code, retries, attempts, longestMs }: Explanation): string => {
  if (retries.length === 0) return `${code}: one attempt; it is not tried again.\n`;
  const rows = [
    ["attempt", "wait before it", "begins at"],
    ["1", "–", "0 s"],
    ...retries.map(({ attempt, waitMs, startMs }) => [String(attempt), span(waitMs), span(startMs)]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const tried = attempts.least === attempts.most ? attempts.most : `${attempts.least} to ${attempts.most}`;
  return `${code}: ${tried} attempts in at most ${seconds(longestMs)}\n\n${lines.join("\n")}\n`;
};

const span = ({ least, most }: Range): string =>
  seconds(least) === seconds(most) ? seconds(least) : `${seconds(least)} to ${seconds(most)}`;

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(ms < 10_000 ? 2 : 1))} s`;
