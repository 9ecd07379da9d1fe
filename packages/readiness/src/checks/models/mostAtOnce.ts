/** How many of some spans of time there were at once, at most. */

/** Any unit. What ends as another begins is not at once with it; what takes no time is alone. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const mostAtOnce = (spans: ReadonlyArray<Span>): number => {
  const lasting = spans.filter(({ from, to }) => to > from);
  const begins = lasting.map(({ from }) => from).toSorted((one, other) => one - other);
  const ends = lasting.map(({ to }) => to).toSorted((one, other) => one - other);
  let [most, ended] = [spans.length > 0 ? 1 : 0, 0];
  begins.forEach((begin, before) => {
    while ((ends[ended] ?? Infinity) <= begin) ended += 1;
    most = Math.max(most, before + 1 - ended);
  });
  return most;
};
