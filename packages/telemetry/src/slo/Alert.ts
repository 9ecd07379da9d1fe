/** What somebody is told of an alert: that it began, that it fires, that it is over. */
import type { Rule } from "./Rule.ts";

/** A window as it was when it was looked at. */
export interface Share {
  /** As in the SLO file, such as `10m`. */
  readonly window: string;
  /** Of bad events among all; 0 where there are none. */
  readonly share: number;
  readonly above: number;
  readonly events: number;
  readonly bad: number;
}

export interface Alert {
  readonly type: "alert";
  /** When it was so, in Unix milliseconds: the boundary of a minute. */
  readonly at: number;
  readonly name: string;
  /** The objective's name. */
  readonly objective: string;
  readonly severity: Rule["severity"];
  /** `pending`: it holds, though not for long enough. One that ends while it is pending is not told of. */
  readonly state: "pending" | "firing" | "resolved";
  readonly gateway: string;
  readonly pipeline: string;
  /** When it began to hold, in Unix milliseconds. */
  readonly since: number;
  /** The longest window first. */
  readonly shares: ReadonlyArray<Share>;
  readonly summary: string;
  /** Absent in a user's own file: the alert has no page. */
  readonly runbook?: string;
}

/** Told of every change. It must not throw. */
export type OnAlert = (alert: Alert) => void;
