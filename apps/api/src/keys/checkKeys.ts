/** What is wrong with keys taken together: two callers must not share a name, nor two entries a secret. */
import type { KeySettings } from "./KeySettings.ts";

export interface KeyMistake {
  /** Such as `keys.1.name`. */
  readonly path: string;
  /** What goes on behind the path. */
  readonly message: string;
}

/** None when they go together. */
export const checkKeys = (entries: ReadonlyArray<KeySettings>): ReadonlyArray<KeyMistake> => [
  ...repeatedIn(
    entries.map(({ name }, at) => ({ path: `keys.${at}.name`, value: name })),
    "give each key a name of its own",
  ),
  ...repeatedIn(secretsOf(entries, "id"), "each key has an id of its own; make another with `sluice-api key new`"),
  ...repeatedIn(secretsOf(entries, "hash"), "each key has a hash of its own; paste the one that goes with the id"),
];

interface Place {
  readonly path: string;
  readonly value: string;
}

const secretsOf = (entries: ReadonlyArray<KeySettings>, field: "id" | "hash"): ReadonlyArray<Place> =>
  entries.flatMap((entry, at) => [
    { path: `keys.${at}.${field}`, value: entry[field] },
    ...(entry.previous === undefined ? [] : [{ path: `keys.${at}.previous.${field}`, value: entry.previous[field] }]),
  ]);

const repeatedIn = (places: ReadonlyArray<Place>, fix: string): ReadonlyArray<KeyMistake> => {
  const first = new Map<string, string>();
  return places.flatMap(({ path, value }) => {
    const before = first.get(value);
    if (before !== undefined) return [{ path, message: `is the same as ${before}: ${fix}` }];
    first.set(value, path);
    return [];
  });
};
