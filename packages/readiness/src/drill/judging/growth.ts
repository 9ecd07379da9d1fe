/** Whether waits grow. Of up to five that can hardly be told: chance alone may make a later one longer. */

/** A wait that is always the same still varies a little. */
const least = 1.25;
/** As long as waits need to get, in milliseconds. */
const enough = 10_000;

export interface Growth {
  /** How long the first waits are, in milliseconds. */
  readonly fromMs: number;
  /** And how long the later ones are. */
  readonly toMs: number;
  readonly grows: boolean;
}

/**
 * Of a call's waits in milliseconds, in the order in which they were made; one alone does not grow. Of the first two the
 * shorter one counts: a first failure costs more than a wait, such as code that is loaded. Of the second half it is the
 * usual wait, for jitter makes single ones short and long, and waits that grew to their cap grow no more.
 */
export const growthOf = (waits: ReadonlyArray<number>): Growth => {
  const half = Math.floor(waits.length / 2);
  const fromMs = Math.min(...waits.slice(0, waits.length > 2 ? 2 : 1));
  const later = waits.slice(-half).toSorted((one, other) => one - other);
  const toMs = later[Math.floor(half / 2)] ?? fromMs;
  return { fromMs, toMs, grows: toMs >= fromMs * least || waits.every((wait) => wait >= enough) };
};
