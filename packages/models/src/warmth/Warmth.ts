/**
 * How warm a model is, by all that is known: evidence and documents merged into one state, with how old it is, how far to
 * trust it, and why.
 *
 * What was found later by the same means at the same gateway replaces what was found before: a failure just now is no less
 * true for being weak. Of what is left, each piece counts by its kind's weight, halved at every half-life of its age; the
 * heaviest one decides. A sum would let stale evidence outvote what was just seen, and a difference would let trust grow as
 * a contradiction fades.
 */
import { documentedWarmth, findModel, type Statement } from "../catalog/Catalog.ts";
import { order } from "../order.ts";
import type { Evidence, EvidenceKind } from "./Evidence.ts";
import { sentenceOf } from "./sentence.ts";
import { isAbout, type WarmthSubject } from "./Subject.ts";

/** `claimed`: a document says warm, and nobody has looked lately. */
export type WarmthState = "warm" | "claimed" | "cold" | "absent" | "unknown";

export interface Warmth {
  readonly state: WarmthState;
  /** Of what decided, in milliseconds; absent when nothing did. */
  readonly ageMs?: number;
  /** 0 to 1; it only falls as time passes. */
  readonly confidence: number;
  /** For a person: what decided first, then the best of every other kind, the newest that contradicts, and the document. */
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

/** `failing` outweighs what orchestrators say of themselves, and yields to an answer of another gateway ten minutes ago. */
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
 * Merges the evidence about one model, in any order, with what the catalog says of it. Evidence about other models, and
 * about other gateways than the one named, is passed over. `now` in Unix milliseconds. It never throws.
 */
export const warmthOf = (evidence: ReadonlyArray<Evidence>, of: WarmthSubject, now: number): Warmth => {
  // A clock that runs ahead must not outlast the others.
  const known = evidence
    .filter((one) => isAbout(one, of) && Number.isFinite(one.at))
    .map((one) => (one.at > now ? { ...one, at: now } : one));
  const weighed = weigh(latest(known, of), now);
  const entry = findModel(of.pipeline, of.model);
  const document = entry && documentedWarmth(entry);
  const claim = document?.says === "warm" ? document : undefined;
  const verdict = verdictOf(weighed, claim, now);
  const pieces = [...heaviestOfEachKind(weighed), ...newestAgainst(verdict.state, weigh(known, now))];
  const told = new Set(pieces.map((one) => sentenceOf(one.evidence, now)));
  const documented = document ? [`Documented as ${document.says} (${document.asOf}, ${document.source}).`] : [];
  return { ...verdict, because: verdict.state === "claimed" ? [...documented, ...told] : [...told, ...documented] };
};

const verdictOf = (
  weighed: ReadonlyArray<Weighed>,
  claim: Statement<unknown> | undefined,
  now: number,
): Omit<Warmth, "because"> => {
  const claimed = claim === undefined ? 0 : confidenceIn(claim, now);
  const [first] = weighed;
  if (first !== undefined && first.confidence >= claimed) {
    const ageMs = Math.max(0, now - first.evidence.at);
    return { state: stateOf(first, weighed), ageMs, confidence: first.confidence };
  }
  if (claim === undefined) return { state: "unknown", confidence: 0 };
  return { state: "claimed", ageMs: Math.max(0, now - Date.parse(claim.asOf)), confidence: claimed };
};

/** What still counts, the heaviest first. */
const weigh = (evidence: ReadonlyArray<Evidence>, now: number): ReadonlyArray<Weighed> =>
  evidence
    .map((one) => ({ evidence: one, confidence: confidenceOf(one, now) }))
    .filter(({ confidence }) => confidence >= leastConfidence)
    .toSorted(byWeight);

/** Without what a later finding of the same means at the same gateway has replaced, however weak the later one is. */
const latest = (evidence: ReadonlyArray<Evidence>, of: WarmthSubject): ReadonlyArray<Evidence> => {
  const keyed = evidence.map((one) => ({ one, key: `${means[one.from]} ${one.gateway ?? of.gateway ?? ""}` }));
  const newest = new Map<string, number>();
  for (const { one, key } of keyed) newest.set(key, Math.max(one.at, newest.get(key) ?? one.at));
  return keyed.filter(({ one, key }) => one.at === newest.get(key)).map(({ one }) => one);
};

/** A probe and a call find out by the same means: it was tried. */
const means: Record<EvidenceKind, string> = { probe: "tried", call: "tried", network: "network", pool: "pool" };

/** The newest that says otherwise, replaced or not; a failure denies only that the model is warm. */
const newestAgainst = (state: WarmthState, weighed: ReadonlyArray<Weighed>): ReadonlyArray<Weighed> => {
  if (state === "unknown") return [];
  const decided = state === "claimed" ? "warm" : state;
  return weighed
    .filter(({ evidence: { says } }) => (says === "failing" ? decided === "warm" : says !== decided))
    .toSorted((a, b) => b.evidence.at - a.evidence.at || order(keyOf(a.evidence), keyOf(b.evidence)))
    .slice(0, 1);
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
  b.confidence - a.confidence || order(keyOf(a.evidence), keyOf(b.evidence));

const ranked: ReadonlyArray<Evidence["says"]> = ["absent", "cold", "failing", "warm"];

/** All that the answer can show of it, but its age. */
const keyOf = ({ says, from, source, ms, coldStart, orchestrators, capacity }: Evidence): string =>
  JSON.stringify([ranked.indexOf(says), from, source, ms, coldStart, orchestrators, capacity?.total, capacity?.inUse]);
