/** What is sent, and how much of it. */

/** Of each upload: 25 MB, so many at once. */
export const uploadBytes = 25_000_000;
export const uploads = 20;

/** Connections of the throughput's load. */
export const width = 64;

/** A stream: its headers come at once; then how many tokens, when the first, and how long from one to the next, in milliseconds. */
export const tokens = 5;
export const firstTokenMs = 10;
export const tokenMs = 2;

/** Connections that are slow or say nothing. */
export const slowSockets = 200;
