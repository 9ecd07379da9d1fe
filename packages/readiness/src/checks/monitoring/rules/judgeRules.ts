/** Which of some rules is the alert that is asked for, and how well it does. */
import { tame } from "../../../subject/tame.ts";
import type { Verdict } from "../../Check.ts";
import type { AlertRule, Rules } from "./Rules.ts";
import { type Watched, watchedBy } from "./watched.ts";

export interface AskedAlert {
  readonly kind: Watched["kind"];
  /** A part of 1. */
  readonly limit: number;
  /** Such as `503`. */
  readonly said: string;
  /** Whether production calls Studio, which says 500 where it should say 503. */
  readonly isStudio: boolean;
}

/** `undefined`: none of them is about it. */
export const judgeRules = (rules: Rules, asked: AskedAlert): Verdict | undefined => {
  const verdicts = rules.alerts.flatMap((alert) =>
    watchedBy(alert.expr, rules.recordings)
      .filter(({ kind }) => kind === asked.kind)
      .map((watched) => judge(alert, watched, rules.from, asked)),
  );
  return (["pass", "warn", "fail"] as const).flatMap((status) => verdicts.filter((one) => one.status === status))[0];
};

const judge = (alert: AlertRule, watched: Watched, from: string, { limit, said, isStudio }: AskedAlert): Verdict => {
  const where = alert.place === undefined ? `loaded in ${from}` : `in ${alert.place.file}`;
  const evidence = `${alert.name}, ${where}: above ${percent(watched.limit)}${alert.holds === undefined ? "" : ` for ${alert.holds}`}`;
  const seen = {
    details: [alert.expr.replace(/\s+/g, " ").trim()],
    places: alert.place === undefined ? [] : [{ ...alert.place, message: alert.name }],
  };
  const no = (status: "warn" | "fail", reason: string, fix: string): Verdict => ({
    ...{ status, ...seen, fix },
    evidence: `${evidence}; ${reason}`,
  });
  if (alert.health === "err")
    return no(
      "fail",
      `it cannot be evaluated (${tame(alert.lastError ?? "err")})`,
      "Mend its expression, and load it again",
    );
  if (!watched.isShare)
    return no("fail", "it compares how many they are, not their share", "Divide by the count of all requests");
  if (watched.limit > limit) return no("fail", `the checklist asks for ${percent(limit)}`, `Set its limit to ${limit}`);
  if (watched.kind === "5xx" && watched.has503)
    return no(
      "warn",
      "503 is among them, so that a cold model raises both alarms",
      'Leave 503 out: status=~"5..", status!="503"',
    );
  if (watched.kind === "503" && isStudio && !watched.takesMasked)
    return no(
      "warn",
      `Studio says 500 where it should say ${said}, so it never fires`,
      'Count what says the same as a 503, as class="unavailable" of livepeer_gateway_attempts_total does',
    );
  if (alert.health === "unknown")
    return no("warn", "Prometheus has not evaluated it yet", "Look again in a minute: sluice launch check");
  return { status: "pass", ...seen, evidence };
};

const percent = (part: number): string => `${Number((part * 100).toPrecision(6))} %`;
