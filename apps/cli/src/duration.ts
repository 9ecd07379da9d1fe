/** Durations as people type them: `800ms`, `20s`, `5m`. */
const unitMs = { ms: 1, s: 1_000, m: 60_000 } as const;

/** In milliseconds; throws with a sentence when the text is not a duration. */
export const parseDuration = (text: string): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new Error(`"${text}" is not a duration; write a number and a unit, such as 800ms, 20s or 5m`);
  }
  return Number(amount) * unitMs[unit as keyof typeof unitMs];
};

/** `0.8 s`, `41 s`, `4 m 10 s`: as exact as a person needs. */
export const formatDuration = (ms: number): string => {
  const seconds = ms / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} m ${whole % 60} s`;
};
