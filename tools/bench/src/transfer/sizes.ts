/** What is sent, and how slowly a slow reader takes it. */

/** Of each file: 25 MB. */
export const sizeBytes = 25_000_000;

/** As many at once. */
export const files = 20;

/** After each chunk, which is 64 KiB as a rule: 6 MB/s for each connection. */
export const restMs = 10;
