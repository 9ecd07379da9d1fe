/**
 * Which alerts hold, looked at once for each whole minute and told when that changes. It agrees with Prometheus's alerting
 * rules, evaluated each minute: an alert is pending from the first boundary of a minute at which it holds, fires when it has
 * held for its `for`, and is over at the first boundary at which it does not hold.
 *
 * At a boundary it looks at the whole minutes before it. Minutes are numbered from 1970, as in `Minutes`. What has been
 * looked at is not looked at again: an event of a past minute counts from the next boundary on.
 */
import type { Alert, Share } from "./Alert.ts";
import type { Group, Indicators } from "./Indicators.ts";
import type { Counts } from "./Minutes.ts";
import { type Rule, rulesOf } from "./Rule.ts";
import type { SloFile } from "./SloFile.ts";

/** Events may come a little out of order. An earlier time than that is a clock that was set back, and is followed. */
const disorderMinutes = 5;

const minuteMs = 60_000;

/** A rule for a group, and how it stands. */
interface Case {
  readonly rule: Rule;
  readonly group: Group;
  held: Held | undefined;
}

interface Held {
  /** The boundary at which it began to hold. */
  readonly since: number;
  readonly state: "pending" | "firing";
  readonly shares: ReadonlyArray<Share>;
}

export class Evaluator {
  readonly #rules: ReadonlyArray<Rule>;
  readonly #known = new Set<string>();
  /** By rule, then by group. */
  #cases: ReadonlyArray<Case> = [];
  /** The boundary that was looked at last. */
  #last: number | undefined;

  constructor(slo: SloFile) {
    this.#rules = rulesOf(slo);
  }

  /**
   * What has changed at the boundaries up to `at`, in Unix milliseconds. The first time, it begins with the first minute
   * that has events. Within the three days that are kept, it does not matter how often it is called.
   */
  advance(indicators: Indicators, at: number): ReadonlyArray<Alert> {
    const now = Math.floor(at / minuteMs);
    this.#last ??= indicators.next();
    if (this.#last === undefined || now <= this.#last) {
      if (this.#last !== undefined && now < this.#last - disorderMinutes) this.#setBack(now);
      return [];
    }
    this.#meet(indicators.groups());
    const alerts: Array<Alert> = [];
    for (let boundary = this.#last + 1; boundary <= now; boundary++) {
      this.#last = boundary;
      let quiet = true;
      for (const one of this.#cases) {
        const sumsOf = (minutes: number): Counts =>
          indicators.sums(one.rule.objective, one.group.gateway, one.group.pipeline, boundary, minutes);
        const alert = change(one, boundary, sumsOf);
        if (alert !== undefined) alerts.push(alert);
        if (quiet && sumsOf(shortestOf(one.rule)).events > 0) quiet = false;
      }
      // Where every rule's shortest window is empty, nothing holds before there is an event again.
      if (quiet && boundary < now) boundary = Math.min(indicators.next(boundary) ?? now, now - 1);
    }
    return alerts;
  }

  /** Those that are pending or firing, as they were at the last boundary. */
  active(): ReadonlyArray<Alert> {
    return this.#cases.flatMap(({ rule, group, held }) =>
      held === undefined ? [] : [alertOf(rule, group, held, held.state, this.#last ?? 0)],
    );
  }

  #meet(groups: ReadonlyArray<Group>): void {
    const strange = groups.filter((group) => !this.#known.has(keyOf(group)));
    if (strange.length === 0) return;
    for (const group of strange) this.#known.add(keyOf(group));
    const cases = [
      ...this.#cases,
      ...strange.flatMap((group) => this.#rules.map((rule): Case => ({ rule, group, held: undefined }))),
    ];
    this.#cases = this.#rules.flatMap((rule) => cases.filter((one) => one.rule === rule).sort(byGroup));
  }

  #setBack(now: number): void {
    this.#last = now;
    for (const one of this.#cases) {
      if (one.held !== undefined) one.held = { ...one.held, since: Math.min(one.held.since, now) };
    }
  }
}

const keyOf = ({ gateway, pipeline }: Group): string => JSON.stringify([gateway, pipeline]);

const byGroup = ({ group: a }: Case, { group: b }: Case): number =>
  order(a.gateway, b.gateway) || order(a.pipeline, b.pipeline);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const shortestOf = ({ windows }: Rule): number => windows.at(-1)?.minutes ?? 0;

const change = (one: Case, boundary: number, sumsOf: (minutes: number) => Counts): Alert | undefined => {
  const { rule, group, held } = one;
  if (!holdsFor(rule, sumsOf)) {
    one.held = undefined;
    if (held?.state !== "firing") return undefined;
    return alertOf(rule, group, { ...held, shares: sharesOf(rule, sumsOf) }, "resolved", boundary);
  }
  const since = held?.since ?? boundary;
  const state = held?.state === "firing" || boundary - since >= rule.forMinutes ? "firing" : "pending";
  one.held = { since, state, shares: sharesOf(rule, sumsOf) };
  return state === held?.state ? undefined : alertOf(rule, group, one.held, state, boundary);
};

/** The shortest window first: it costs least, and has too few events most often. */
const holdsFor = ({ windows, minimum }: Rule, sumsOf: (minutes: number) => Counts): boolean =>
  windows.toReversed().every(({ minutes, above }) => {
    const { events, bad } = sumsOf(minutes);
    return events >= minimum && bad / events > above;
  });

const sharesOf = ({ windows }: Rule, sumsOf: (minutes: number) => Counts): ReadonlyArray<Share> =>
  windows.map(({ text, minutes, above }) => {
    const { events, bad } = sumsOf(minutes);
    return { window: text, share: events === 0 ? 0 : bad / events, above, events, bad };
  });

const alertOf = (
  { name, objective, severity, summary, runbook }: Rule,
  { gateway, pipeline }: Group,
  { since, shares }: Held,
  state: Alert["state"],
  boundary: number,
): Alert => ({
  type: "alert",
  at: boundary * minuteMs,
  name,
  objective,
  severity,
  state,
  gateway,
  pipeline,
  since: since * minuteMs,
  shares,
  summary,
  ...(runbook === undefined ? {} : { runbook }),
});
