/**
 * How warm a model is, by all that is known: evidence and documents merged into one state, with how old it is, how far to
 * trust it, and why.
 *
 * Each piece counts by its kind's weight, halved at every half-life of its age; the heaviest one decides. A sum would let
 * stale evidence outvote what was just seen, and a difference would let trust grow as a contradiction fades.
 */
import { type CatalogEntry, documentedWarmth, type Statement } from "../catalog/Catalog.ts";
import type { Evidence, EvidenceKind } from "./Evidence.ts";
import { sentenceOf } from "./sentence.ts";

/** `claimed`: a document says warm, and nobody has looked lately. */
export type WarmthState = "warm" | "claimed" | "cold" | "absent" | "unknown";

export interface Warmth {
  readonly state: WarmthState;
  /** Of what decided, in milliseconds; absent when nothing did. */
  readonly ageMs?: number;
  /** 0 to 1; it only falls as time passes. */
  readonly confidence: number;
  /** For a person: what decided first, then the best of every other kind. */
  readonly because: ReadonlyArray<string>;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** In milliseconds. */
const halfLives: Record<EvidenceKind | "document", number> = {
  // A model stays loaded until an orchestrator needs its GPU for another; no source says how soon that is.
  probe: 15 * minute,
  call: 15 * minute,
  // A gateway looks for orchestrators, and asks how warm they are, every 10 minutes (the selector's TTL).
  network: 10 * minute,
  pool: 10 * minute,
  // Livepeer's pages are checked by their authors every few months.
  document: 90 * day,
};

const weights: Record<EvidenceKind | "document", number> = {
  // It was tried.
  probe: 1,
  call: 1,
  // It is what orchestrators say of themselves: a setting of theirs, not a measurement.
  network: 0.5,
  pool: 0.5,
  document: 0.3,
};

/** `failing` outweighs what orchestrators say of themselves, and yields to an answer of the last ten minutes. */
const failingWeight = 0.6;

/** Evidence of less than this no longer counts: of a probe, after 65 minutes. */
const leastConfidence = 0.05;

/** The confidence of a piece of evidence at a time, in Unix milliseconds. What comes from the future is of now. */
const confidenceOf = ({ from, says, at }: Evidence, now: number): number =>
  decayed(says === "failing" ? failingWeight * weights[from] : weights[from], halfLives[from], now - at);

const decayed = (weight: number, halfLife: number, age: number): number =>
  Number.isNaN(age) ? 0 : weight * 2 ** -(Math.max(0, age) / halfLife);

interface Weighed {
  readonly evidence: Evidence;
  readonly confidence: number;
}

/**
 * Merges the evidence about one model, in any order, with what the catalog says of it. Give the evidence of one gateway to
 * learn how warm the model is there. `now` in Unix milliseconds. It never throws.
 */
export const warmthOf = (evidence: ReadonlyArray<Evidence>, entry: CatalogEntry | undefined, now: number): Warmth => {
  const weighed = evidence
    .map((one) => ({ evidence: one, confidence: confidenceOf(one, now) }))
    .filter(({ confidence }) => confidence >= leastConfidence)
    .toSorted(byWeight);
  const claim = entry === undefined ? undefined : documentedWarmth(entry);
  const claimed = claim === undefined ? 0 : confidenceIn(claim, now);
  const reasons = [
    ...heaviestOfEachKind(weighed).map((one) => sentenceOf(one.evidence, now)),
    ...(claim === undefined ? [] : [`Documented as ${claim.says} (${claim.asOf}, ${claim.source}).`]),
  ];
  const [first] = weighed;
  if (first !== undefined && (first.confidence >= claimed || claim?.says !== "warm")) {
    const ageMs = Math.max(0, now - first.evidence.at);
    return { state: stateOf(first, weighed), ageMs, confidence: first.confidence, because: reasons };
  }
  if (claim?.says !== "warm") return { state: "unknown", confidence: 0, because: reasons };
  return {
    state: "claimed",
    ageMs: Math.max(0, now - Date.parse(claim.asOf)),
    confidence: claimed,
    because: [...reasons.slice(-1), ...reasons.slice(0, -1)],
  };
};

const confidenceIn = ({ asOf }: Statement<unknown>, now: number): number =>
  decayed(weights.document, halfLives.document, now - Date.parse(asOf));

/** A failure does not tell cold from absent: the heaviest evidence that does is believed. */
const stateOf = ({ evidence: { says } }: Weighed, weighed: ReadonlyArray<Weighed>): WarmthState => {
  if (says !== "failing") return says;
  const definite = weighed.map(({ evidence }) => evidence.says).find((one) => one === "absent" || one === "cold");
  return definite ?? "cold";
};

const heaviestOfEachKind = (weighed: ReadonlyArray<Weighed>): ReadonlyArray<Weighed> =>
  weighed.filter(
    ({ evidence: { from } }, place) => weighed.findIndex((other) => other.evidence.from === from) === place,
  );

/** Of equal weight, a fixed order, so that the order of the evidence never matters. */
const byWeight = (a: Weighed, b: Weighed): number =>
  b.confidence - a.confidence || compare(keyOf(a.evidence), keyOf(b.evidence));

const ranked: ReadonlyArray<Evidence["says"]> = ["absent", "cold", "failing", "warm"];

/** All that the answer can show of it, but its age. */
const keyOf = ({ says, from, source, ms, coldStart, orchestrators, capacity }: Evidence): string =>
  JSON.stringify([ranked.indexOf(says), from, source, ms, coldStart, orchestrators, capacity?.total, capacity?.inUse]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
