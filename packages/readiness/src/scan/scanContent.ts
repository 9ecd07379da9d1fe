/** Runs the detectors over a content, and gives each find its line and its fingerprint. The secret itself goes no further. */
import { fingerprintOf } from "./fingerprint.ts";
import { type Detector, type Kind, kinds, type Match, type Severity } from "./Match.ts";
import { type Chunks, usualSize, type Window, windowsOf, type WindowSize } from "./windows.ts";

export interface Hit {
  readonly kind: Kind;
  readonly severity: Severity;
  readonly what: string;
  /** Absent where a name alone is the mistake. */
  readonly fingerprint: string | undefined;
  /** Absent in a binary. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** Somebody wrote beside it that it may stand there. */
  readonly isAllowed: boolean;
}

export interface Detectors {
  readonly text: ReadonlyArray<Detector>;
  /** Those that are never wrong. */
  readonly binary: ReadonlyArray<Detector>;
}

export interface Scanned {
  readonly hits: ReadonlyArray<Hit>;
  readonly bytes: number;
}

export const allowMark = "sluice-allow-secret";
/** A bundle is one line: a mark speaks for its neighbourhood. */
const markReach = 500;

export const scanContent = async (
  chunks: Chunks,
  detectors: Detectors,
  size: WindowSize = usualSize,
): Promise<Scanned> => {
  const hits: Array<Hit> = [];
  const seen = new Set<string>();
  const place = makePlace();
  let bytes = 0;
  for await (const window of windowsOf(chunks, size)) {
    const { text, isBinary, from, to, start } = window;
    bytes = start + text.length;
    const matches: Array<Match> = [];
    for (const detect of isBinary ? detectors.binary : detectors.text) matches.push(...(await detect(text)));
    const own = withoutOverlaps(matches).filter((match) => match.start >= from && match.start < to);
    for (const { kind, severity, what, secret, start: at, end } of own) {
      const { line, column } = place.of(window, at);
      const fingerprint = secret === undefined ? undefined : fingerprintOf(secret);
      // The same on the same line is said once.
      const same = `${fingerprint ?? what} ${line}`;
      if (seen.has(same)) continue;
      seen.add(same);
      hits.push({
        ...{ kind, severity, what, fingerprint, isAllowed: isMarked(text, at, end) },
        ...(isBinary ? { line: undefined, column: undefined } : { line, column }),
      });
    }
    place.pass(window);
  }
  return { hits, bytes };
};

/** Sorted by place; of those that share text, the surest. */
const withoutOverlaps = (matches: ReadonlyArray<Match>): ReadonlyArray<Match> => {
  const rank = ({ kind }: Match): number => kinds.indexOf(kind);
  const kept: Array<Match> = [];
  for (const match of [...matches].sort((one, other) => rank(one) - rank(other) || one.start - other.start)) {
    if (!kept.some(({ start, end }) => start < match.end && match.start < end)) kept.push(match);
  }
  return kept.sort((one, other) => one.start - other.start);
};

const isMarked = (text: string, start: number, end: number): boolean => {
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - markReach);
  const next = text.indexOf("\n", end);
  const lineEnd = Math.min(next === -1 ? text.length : next, end + markReach);
  return text.slice(lineStart, lineEnd).includes(allowMark);
};

/** Counts lines as the windows pass; a window without a find costs one count. */
const makePlace = () => {
  /** Up to `counted`, which only grows. */
  let line = 1;
  let lineStart = 0;
  let counted = 0;
  const count = ({ text, start }: Window, until: number): void => {
    for (let at = text.indexOf("\n", counted - start); at !== -1 && at < until; at = text.indexOf("\n", at + 1)) {
      line += 1;
      lineStart = start + at + 1;
    }
    counted = Math.max(counted, start + until);
  };
  return {
    of: (window: Window, at: number): { readonly line: number; readonly column: number } => {
      count(window, at);
      const inWindow = Math.max(lineStart - window.start, 0);
      const before = Math.max(window.start - lineStart, 0);
      // Columns count characters, not bytes.
      const shown = Buffer.from(window.text.slice(inWindow, at), "latin1").toString("utf8").length;
      return { line, column: before + shown + 1 };
    },
    pass: (window: Window): void => count(window, window.to),
  };
};
