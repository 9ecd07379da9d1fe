/** Days, by UTC, and how long what was seen on one of them counts. */
export const dayMs = 86_400_000;

/** As `2026-11-22`. `time`: Unix milliseconds. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Clocks differ, and a day begins earlier in the east: what is later than this is still to come. */
const skew = dayMs / 2;

export const isToCome = (time: number, now: number): boolean => time > now + skew;

export interface Span {
  /** Unix milliseconds. */
  readonly seenAt: number;
  readonly expiresAt: number;
  /** `to come`: of a day that has not been, so that nobody can have seen it. */
  readonly age: "fresh" | "old" | "to come";
}

/** `at`: ISO 8601. */
export const spanOf = (at: string, days: number, now: number): Span => {
  const seenAt = Date.parse(at);
  const expiresAt = seenAt + days * dayMs;
  return { seenAt, expiresAt, age: isToCome(seenAt, now) ? "to come" : expiresAt <= now ? "old" : "fresh" };
};
