/** Rules of Prometheus, wherever they were found. */
import type { Place } from "../../Check.ts";

export interface AlertRule {
  readonly name: string;
  readonly expr: string;
  /** Such as `10m`; absent: it fires at once. */
  readonly holds?: string;
  readonly place?: Place;
  /** Of a rule that is loaded: `ok`, `unknown` (never evaluated) or `err`, and the error's words. */
  readonly health?: string;
  readonly lastError?: string;
}

export interface Recording {
  readonly name: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Rules {
  /** Where they are, for people: a server's address, or `3 files`. */
  readonly from: string;
  readonly alerts: ReadonlyArray<AlertRule>;
  readonly recordings: ReadonlyArray<Recording>;
}
