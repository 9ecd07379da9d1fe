/** What somebody probably meant: the known name that differs least from what was written. */

/** `undefined` when none differs by less than about a third; the case of letters does not count. */
export const nearest = (written: string, known: Iterable<string>): string | undefined => {
  const limit = Math.max(2, Math.ceil(written.length / 3));
  // A length that differs by more needs as many edits; what a user wrote may be long.
  const [best] = [...known]
    .filter(({ length }) => Math.abs(length - written.length) <= limit)
    .map((name) => ({ name, distance: edits(written.toLowerCase(), name.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance);
  return best !== undefined && best.distance <= limit ? best.name : undefined;
};

/** How many letters to insert, delete or replace to turn one text into the other (Levenshtein). */
const edits = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
};
