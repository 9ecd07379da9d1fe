/** Colours as three numbers from 0 to 255, and what can be done with them. */

/** Red, green and blue as the screen takes them, each from 0 to 255 and not yet rounded. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The colour that a web page writes as, say, `#ffc27a`. */
export const hex = (code: string): Colour => {
  const value = Number.parseInt(code.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
};

/** The colour on the way from one to the other; `share` is how much of the other is in it, from 0 to 1. */
export const mix = (one: Colour, other: Colour, share: number): Colour => [
  one[0] + (other[0] - one[0]) * share,
  one[1] + (other[1] - one[1]) * share,
  one[2] + (other[2] - one[2]) * share,
];

/** The colour at a place from 0 to 1 along stops that lie at equal distances. */
export const along = (stops: ReadonlyArray<Colour>, place: number): Colour => {
  const scaled = Math.min(1, Math.max(0, place)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(scaled));
  const from = stops[below];
  const to = stops[below + 1];
  if (from === undefined || to === undefined) throw new RangeError("a gradient needs two stops");
  return mix(from, to, scaled - below);
};
