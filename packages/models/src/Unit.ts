/** What the network meters, one unit for each pipeline. The formulas are @sluice/pricing's. */

/**
 * `pixel`: of the output or the input, as the pipeline says. `millisecond`: of audio, in whole seconds × 1,000. `token`:
 * those that were asked for at most (`max_tokens`), not those that came. `character`: of a text to be spoken.
 */
export const unitNames = ["pixel", "millisecond", "token", "character"] as const;

export type Unit = (typeof unitNames)[number];
