/** How long a drill's gateway takes, in milliseconds. */
export interface Pace {
  /** How long a cold model refuses with 503. */
  readonly coldMs: number;
  /** How long a cold model holds a request, and how late a slow first byte is. */
  readonly slowMs: number;
  /** What `Retry-After` asks for; whole seconds. */
  readonly retryAfterMs: number;
  /** How long the work goes on whose answer is lost. */
  readonly workMs: number;
  /** After what a program that is never answered should have given up. Absent: the scenario is left out. */
  readonly silenceMs?: number;
}

export const usualPace: Pace = { coldMs: 20_000, slowMs: 20_000, retryAfterMs: 3_000, workMs: 12_000 };
