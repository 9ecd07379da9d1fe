/** What somebody probably meant: the known name that differs least from what was written. */
import { edits } from "./edits.ts";

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
