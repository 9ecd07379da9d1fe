/** One scan of a subject's folder, bundles and history, for all checks that ask for it: it takes seconds. */
import * as Effect from "effect/Effect";
import type { NamedKey } from "../../scan/detectors.ts";
import { makeDetectors } from "../../scan/detectors.ts";
import { type Scan, scan } from "../../scan/scan.ts";
import { usualBundles } from "../../scan/tree/bundles.ts";
import type { Folder } from "../../subject/Folder.ts";
import type { Subject } from "../../subject/Subject.ts";

export type Scanned = { readonly scan: Scan } | { readonly problem: string };

const scans = new WeakMap<Subject, Effect.Effect<Scanned>>();

export const scanned = (subject: Subject, folder: Folder): Effect.Effect<Scanned> =>
  Effect.suspend(() => {
    const before = scans.get(subject);
    if (before !== undefined) return before;
    return Effect.flatMap(Effect.cached(look(subject, folder)), (cached) => {
      scans.set(subject, cached);
      return cached;
    });
  });

/** The keys whose text is known here. */
export const soughtKeys = ({ keys }: Subject): ReadonlyArray<NamedKey> =>
  keys.flatMap(({ name, key }) => (key === undefined ? [] : [{ name, key }]));

export const bundlesOf = ({ settings }: Subject): ReadonlyArray<string> =>
  settings.scan.bundles?.map((bundle) => bundle.replace(/^\.\/|\/+$/g, "")) ?? usualBundles;

const look = (subject: Subject, { path }: Folder): Effect.Effect<Scanned> => {
  const { exclude, allow } = subject.settings.scan;
  const asked = { paths: [path], from: path, bundles: bundlesOf(subject), exclude, allow, history: undefined };
  return Effect.match(
    Effect.tryPromise({
      try: (signal) => scan(asked, makeDetectors(soughtKeys(subject)), signal, () => undefined),
      catch: (error) => (error instanceof Error ? error.message : String(error)),
    }),
    { onSuccess: (done) => ({ scan: done }), onFailure: (problem) => ({ problem }) },
  );
};
