/** Limits of time and money, checked. */
import type { FieldError } from "@sluice/errors";
import { type NanoUsd, parseUsd } from "@sluice/pricing";
import type { LimitSettings } from "./Settings.ts";

export interface Limits {
  readonly timeoutMs: number;
  readonly maxCost: NanoUsd | undefined;
}

/** The checklist's timeout: a cold model can take this long. In milliseconds. */
export const noLimits: Limits = { timeoutMs: 300_000, maxCost: undefined };

export interface ReadLimits {
  readonly value: Limits;
  readonly fields: ReadonlyArray<FieldError>;
}

/** The limits of one call: what it names itself, else its defaults. */
export const readLimits = ({ timeoutMs, maxCostUsd }: LimitSettings, defaults: Limits): ReadLimits => {
  if (timeoutMs === undefined && maxCostUsd === undefined) return { value: defaults, fields: [] };
  const fields: Array<FieldError> = [];
  if (timeoutMs !== undefined && !(Number.isFinite(timeoutMs) && timeoutMs > 0)) {
    const fix = "Give milliseconds, such as 300000, or leave it out.";
    fields.push({ path: "timeoutMs", message: `must be a positive number of milliseconds, but is ${timeoutMs}`, fix });
  }
  const maxCost = maxCostUsd === undefined ? defaults.maxCost : parseUsd(maxCostUsd);
  if (maxCostUsd !== undefined && maxCost === undefined) {
    const fix = "Give dollars, such as 0.05, or leave it out for no limit.";
    fields.push({ path: "maxCostUsd", message: `must be a decimal of USD such as 0.05, but is "${maxCostUsd}"`, fix });
  }
  return { value: { timeoutMs: timeoutMs ?? defaults.timeoutMs, maxCost }, fields };
};
