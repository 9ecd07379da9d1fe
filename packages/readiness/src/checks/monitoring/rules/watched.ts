/** What an alert watches: which share of a gateway's answers, above which limit. */
import { conditionsIn, type Selector, selectorsIn, type Tokens, tokensOf } from "./promql.ts";
import type { Recording } from "./Rules.ts";
import { complementOf, selectionOf } from "./selection.ts";

export interface Watched {
  /** `503`: what no orchestrator took. `5xx`: what failed. */
  readonly kind: "503" | "5xx";
  /** A part of 1. */
  readonly limit: number;
  /** Otherwise it compares how many they are. */
  readonly isShare: boolean;
  /** Of `5xx`: whether 503 is among them. */
  readonly has503: boolean;
  readonly takesMasked: boolean;
}

/** Recordings of recordings of recordings are looked into, and no deeper. */
const deepest = 4;

/** One for each condition about failures. */
export const watchedBy = (expr: string, recordings: ReadonlyArray<Recording>): ReadonlyArray<Watched> =>
  conditionsIn(tokensOf(expr)).flatMap(({ left, above }) => {
    const read = lookInto(left, recordings, deepest);
    const selections = read.selectors.map(selectionOf).map((one) => (read.isComplement ? complementOf(one) : one));
    const failures = selections.find(({ statuses }) => !statuses.has(200) && (statuses.has(503) || statuses.has(500)));
    if (failures === undefined) return [];
    const { statuses, takesMasked } = failures;
    const kind = statuses.has(500) ? "5xx" : "503";
    const limit = read.isPercent ? above / 100 : above;
    const isLess503 = left.includes("-") && selections.some((one) => one.statuses.has(503) && !one.statuses.has(500));
    return [{ kind, limit, isShare: read.isShare, has503: statuses.has(503) && !isLess503, takesMasked }];
  });

interface Read {
  readonly selectors: ReadonlyArray<Selector>;
  readonly isShare: boolean;
  readonly isPercent: boolean;
  /** One less a share: what is selected is what went well. */
  readonly isComplement: boolean;
}

const lookInto = (tokens: Tokens, recordings: ReadonlyArray<Recording>, depth: number): Read => {
  const own = selectorsIn(tokens);
  const inner =
    depth === 0
      ? []
      : own.flatMap((selector) =>
          recordings
            .filter((recording) => isMeant(recording, selector))
            .map(({ expr }) => lookInto(tokensOf(expr), recordings, depth - 1)),
        );
  const named = own.map(({ name }) => name).join(" ");
  return {
    selectors: [...own, ...inner.flatMap(({ selectors }) => selectors)],
    isShare:
      tokens.includes("/") ||
      /ratio|share|percent|_per_(?!sec|min|hour)/i.test(named) ||
      inner.some(({ isShare }) => isShare),
    isPercent:
      tokens.some((text, at) => text === "100" && (tokens[at - 1] === "*" || tokens[at + 1] === "*")) ||
      /percent|pct/i.test(named) ||
      inner.some(({ isPercent }) => isPercent),
    isComplement:
      tokens.some((text, at) => text === "-" && Number(tokens[at - 1]) === 1) ||
      inner.some(({ isComplement }) => isComplement),
  };
};

/** What is recorded under that name, unless its labels are other ones. */
const isMeant = (recording: Recording, { name, matchers }: Selector): boolean =>
  recording.name === name &&
  matchers.every(
    ({ label, operator, value }) =>
      operator !== "=" || recording.labels[label] === undefined || recording.labels[label] === value,
  );
