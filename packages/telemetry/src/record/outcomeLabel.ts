/** Statuses and outcomes as labels: those of HTTP and of the errors' family as they are, and `other` for what is neither. */
import { other } from "./Labels.ts";

/** `none`: no answer. */
export const statusLabel = (status: number | null): string => {
  if (status === null) return "none";
  return Number.isInteger(status) && status >= 100 && status <= 599 ? String(status) : other;
};

/** `ok`, `defect`, or a code such as `SLUICE-503-COLD`. */
export const outcomeLabel = (outcome: string): string =>
  /^(ok|defect|SLUICE-\d{3}-[A-Z-]{1,40})$/.test(outcome) ? outcome : other;
