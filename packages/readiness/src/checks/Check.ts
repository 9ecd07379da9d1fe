/** What a check is: a line of the checklist that a program can look at, and what came of the look. */
import type * as Effect from "effect/Effect";
import type { Subject } from "../subject/Subject.ts";

/** In the order of the report. */
export const groups = [
  "gateway",
  "authentication",
  "error handling",
  "model selection",
  "cost",
  "monitoring",
  "launch",
] as const;
export type Group = (typeof groups)[number];

/**
 * `pass`: seen to be so. `warn`: so, but it will not stay so, or only in part. `fail`: seen not to be so. `skip`: does not
 * apply here. `manual`: software could not tell; it takes evidence, or a person's dated word.
 */
export const statuses = ["pass", "warn", "fail", "skip", "manual"] as const;
export type Status = (typeof statuses)[number];

/** Where something was seen. `file`: from the folder's top, with slashes. Lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** What is there, in a few words; never a secret. */
  readonly message?: string;
}

interface Seen {
  /** What was seen, in one line, with its values; never a secret. */
  readonly evidence: string;
  /** More of it, a line each. */
  readonly details?: ReadonlyArray<string>;
  readonly places?: ReadonlyArray<Place>;
  /** Unix milliseconds: when what was seen took place, if that was not now. */
  readonly seenAt?: number;
  /** Unix milliseconds: from when on what was seen counts no more. */
  readonly expiresAt?: number;
}

/** What a check found. */
export type Verdict =
  | (Seen & { readonly status: "pass" | "skip"; readonly fix?: string })
  /** `fix`: a command, or what to change. */
  | (Seen & { readonly status: "warn" | "fail"; readonly fix: string })
  /** `why`: why software cannot tell here. */
  | (Seen & { readonly status: "manual"; readonly why: string; readonly fix: string });

export interface Check {
  /** Such as `A3`. Stable. */
  readonly id: string;
  readonly group: Group;
  /** In a few words, such as `keys are younger than 90 days`. */
  readonly title: string;
  /** What the checklist asks, in a sentence. */
  readonly asks: string;
  /** How it is looked at, in a sentence or two. */
  readonly verified: string;
  /** What software cannot see of it, and why. Absent: nothing of the kind. */
  readonly cannot?: string;
  /** How many days a person's word for it holds. */
  readonly attestedDays: number;
  readonly judge: (subject: Subject) => Effect.Effect<Verdict>;
}

/** Checks of what only people know may be attested for so long, unless a check says otherwise. */
export const usualAttestedDays = 90;
