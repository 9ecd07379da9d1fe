/** From what was found, what is told: what somebody allowed is left out, and a secret in many versions of a file is told once. */
import { type Finding, historyFinding, treeFinding } from "./Finding.ts";
import type { HistoryHit } from "./git/scanHistory.ts";
import { severities } from "./Match.ts";
import type { TreeHit } from "./tree/scanTree.ts";

export interface Collected {
  readonly tree: ReadonlyArray<TreeHit>;
  readonly history: ReadonlyArray<HistoryHit>;
  /** Fingerprints that were allowed by a flag. */
  readonly allowed: ReadonlyArray<string>;
  readonly isExcluded: (path: string) => boolean;
}

/** The worst first. */
export const findingsOf = ({ tree, history, allowed, isExcluded }: Collected): ReadonlyArray<Finding> => {
  const marked = [...tree, ...history].flatMap(({ hit: { isAllowed, kind, fingerprint } }) =>
    // A mark says "this is no secret", wherever it stands. A key that is in use is one.
    isAllowed && kind !== "known-key" && fingerprint !== undefined ? [fingerprint] : [],
  );
  const harmless = new Set([...marked, ...allowed]);
  const counts = ({ hit }: TreeHit | HistoryHit): boolean =>
    !hit.isAllowed && (hit.fingerprint === undefined || !harmless.has(hit.fingerprint));

  const old = earliest(history.filter((one) => counts(one) && (one.path === undefined || !isExcluded(one.path))));
  const merged = new Set<string>();
  const now = tree.filter(counts).map((one) => {
    const { inRepository, isPrivate } = one.file;
    // That git ignores a file now does not excuse that it once took it: both are told.
    const key = inRepository === undefined || isPrivate ? "" : keyOf(one.hit.fingerprint, inRepository);
    const before = old.get(key);
    if (before !== undefined) merged.add(key);
    return treeFinding(one, before, inRepository !== undefined);
  });
  const only = [...old].filter(([key]) => !merged.has(key)).map(([, one]) => historyFinding(one));
  return [...now, ...only].sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
};

/** Of each secret in each path, the version that brought it. */
const earliest = (history: ReadonlyArray<HistoryHit>): ReadonlyMap<string, HistoryHit> => {
  const groups = new Map<string, HistoryHit>();
  for (const one of history) {
    const key = keyOf(one.hit.fingerprint, one.path ?? `object ${one.object}`);
    const known = groups.get(key);
    if (known === undefined || rankOf(one) < rankOf(known)) groups.set(key, one);
  }
  return groups;
};

const keyOf = (fingerprint: string | undefined, path: string): string => `${fingerprint ?? ""} ${path}`;

const rankOf = ({ commit }: HistoryHit): number => commit?.rank ?? Infinity;
