/** Finds known keys exactly, in any encoding, in one pass. */
import type { Detector, Match } from "../Match.ts";
import { needlesOf } from "./encodings.ts";
import { wrappedBlocks } from "./wrapped.ts";

export interface NamedSecret {
  readonly name: string;
  readonly secret: string;
}

/** A shorter one is a word that stands everywhere. */
export const shortestKey = 8;

interface Meaning extends NamedSecret {
  readonly as: string;
}

export const detectKnown = (keys: ReadonlyArray<NamedSecret>): Detector => {
  const meanings = new Map<string, Meaning>();
  for (const { name, secret } of keys) {
    if (secret.length < shortestKey) continue;
    for (const { text, as } of needlesOf(secret)) {
      if (!meanings.has(text)) meanings.set(text, { name, secret, as });
    }
  }
  if (meanings.size === 0) return () => [];
  // Of two needles that begin alike, the longer is the whole.
  const needles = [...meanings.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(
    needles.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join("|"),
    "g",
  );
  const found = (text: string): ReadonlyArray<Match> =>
    Array.from(text.matchAll(pattern), ({ 0: needle, index }) => ({
      ...({ kind: "known-key", severity: "critical", start: index, end: index + needle.length } as const),
      ...described(meanings.get(needle)),
    }));
  return (text) => [
    ...found(text),
    ...wrappedBlocks(text).flatMap(({ joined, offsetOf }) =>
      found(joined)
        .map((match) => ({ ...match, start: offsetOf(match.start), end: offsetOf(match.end) }))
        // One that stands on a single line has been found.
        .filter(({ start, end }) => text.slice(start, end).includes("\n")),
    ),
  ];
};

const described = (meaning: Meaning | undefined): Pick<Match, "what" | "secret"> => {
  if (meaning === undefined) throw new Error("a needle without a meaning");
  const { name, as, secret } = meaning;
  return { what: `your key ${name}${as === "" ? "" : `, ${as}`}`, secret };
};
