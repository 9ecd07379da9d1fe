/** How far back to look: `24h`, `7d`, and the durations that a call takes. */
import { parseDuration } from "../duration.ts";

const unitMs = { h: 3_600_000, d: 86_400_000 } as const;

/** In milliseconds; throws with a sentence when the text is none. */
export const parseSpan = (text: string): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(h|d)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    try {
      return parseDuration(text);
    } catch {
      throw new Error(`"${text}" is not a span of time; write a number and a unit, such as 30m, 24h or 7d`);
    }
  }
  return Number(amount) * unitMs[unit as keyof typeof unitMs];
};
