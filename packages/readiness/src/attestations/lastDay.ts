/** How long a person's word counts, and for what. */
import type { Check } from "../checks/Check.ts";
import { dayMs, dayOf } from "../evidence/days.ts";

/** What software decides alone takes nobody's word. */
export const isAttestable = ({ cannot }: Check): boolean => cannot !== undefined;

/** The last day for which a word of that day may count. */
export const latestDay = ({ attestedDays }: Check, on: string): string => dayOf(Date.parse(on) + attestedDays * dayMs);

/** The last day on which it counts. */
export const lastDayOf = (check: Check, { on, until }: { readonly on: string; readonly until: string }): string => {
  const latest = latestDay(check, on);
  return until < latest ? until : latest;
};
