/** Calls that ended, in a few words. */
import type { CallEnded } from "@sluice/telemetry";
import { now } from "../../subject.ts";

export const warm = "SG161222/RealVisXL_V4.0_Lightning";

export const call = (told: Partial<CallEnded> & { readonly agoMs?: number } = {}): CallEnded => {
  const { agoMs = 0, ...others } = told;
  return {
    ...{ type: "call-ended", requestId: "req_1", at: now - agoMs },
    ...{ gateway: "livepeer-studio", pipeline: "text-to-image", model: warm },
    ...{ outcome: "ok", ms: 2_000, attempts: 1, statuses: [200], coldStart: false, waitedMs: 0 },
    ...others,
  };
};

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(60 * count);
export const days = (count: number): number => hours(24 * count);
