/**
 * A ridge: land, or anything that stands on it, as one outline against what lies behind.
 *
 * The outline is known at several places within each pixel, which is what makes treetops fine instead of jagged.
 */
import type { Colour } from "./colour.ts";
import { blendChannels, hidesNothing, type Frame, type Layer } from "./layer.ts";
import type { Scene } from "./scene.ts";

/** Where an outline runs: pixels from the top, at `finesse` places within each pixel from the left. */
export type Outline = Float32Array;

export const finesse = 4;

/** What fills the space under an outline. */
export interface Filling {
  readonly crest: Colour;
  /** The colour it has turned to `depth` pixels below the crest. */
  readonly foot: Colour;
  readonly depth: number;
  /** How strongly the light colours it where it falls, from 0 to 1. */
  readonly lit: number;
}

/** The outline that runs where the function says, in pixels from the left and from the top. */
export const outlineOf = (frame: Frame, crestAt: (x: number) => number): Outline => {
  const outline = new Float32Array(frame.width * finesse);
  for (let place = 0; place < outline.length; place += 1) outline[place] = crestAt((place + 0.5) / finesse);
  return outline;
};

/** Everything under an outline, from its crest to the bottom of the picture. */
export const ridge = ({ frame, palette, lit }: Scene, outline: Outline, filling: Filling): Layer => {
  const { tops, bottoms, highest, lowest } = crests(frame, outline);
  const middles = softened(tops, Math.ceil(frame.unit * 0.05));
  const [crestRed, crestGreen, crestBlue] = filling.crest;
  const [lightRed, lightGreen, lightBlue] = palette.glow;
  const [footRed, footGreen, footBlue] = filling.foot;
  const perPixel = 1 / filling.depth;
  return {
    hidesFrom: Math.ceil(lowest),
    paint: (y, row) => {
      if (y + 1 <= highest) return;
      for (let x = 0, at = 0; x < frame.width; x += 1, at += 3) {
        const top = tops[x] as number;
        if (y + 1 <= top) continue;
        const cover = y >= (bottoms[x] as number) ? 1 : coverage(outline, x * finesse, y);
        const down = Math.min(1, Math.max(0, (y - (middles[x] as number)) * perPixel));
        const footing = down * (2 - down);
        const shining = (lit[x] as number) * filling.lit * (1 - footing);
        const red = crestRed + (footRed - crestRed) * footing;
        const green = crestGreen + (footGreen - crestGreen) * footing;
        const blue = crestBlue + (footBlue - crestBlue) * footing;
        blendChannels(
          row,
          at,
          red + (lightRed - red) * shining,
          green + (lightGreen - green) * shining,
          blue + (lightBlue - blue) * shining,
          cover,
        );
      }
    },
  };
};

/** How much of a pixel lies under the outline, from 0 to 1. */
const coverage = (outline: Outline, place: number, y: number): number => {
  let sum = 0;
  for (let at = place; at < place + finesse; at += 1) sum += Math.min(1, Math.max(0, y + 1 - (outline[at] as number)));
  return sum / finesse;
};

interface Crests {
  /** The outline's highest and lowest place within each pixel, in pixels from the top. */
  readonly tops: Float32Array;
  readonly bottoms: Float32Array;
  /** The same for the whole outline. */
  readonly highest: number;
  readonly lowest: number;
}

/** Where an outline runs, pixel by pixel. */
export const crests = (frame: Frame, outline: Outline): Crests => {
  const tops = new Float32Array(frame.width);
  const bottoms = new Float32Array(frame.width);
  let highest = hidesNothing;
  let lowest = 0;
  for (let x = 0; x < frame.width; x += 1) {
    let top = hidesNothing;
    let bottom = 0;
    for (let place = x * finesse; place < (x + 1) * finesse; place += 1) {
      top = Math.min(top, outline[place] as number);
      bottom = Math.max(bottom, outline[place] as number);
    }
    tops[x] = top;
    bottoms[x] = bottom;
    highest = Math.min(highest, top);
    lowest = Math.max(lowest, bottom);
  }
  return { tops, bottoms, highest, lowest };
};

/** The values without their details: each the mean of those up to `reach` places away, twice over. */
export const softened = (values: Float32Array, reach: number): Float32Array => {
  let soft = values;
  for (let pass = 0; pass < 2; pass += 1) {
    const from = soft;
    const last = from.length - 1;
    const near = (x: number): number => from[Math.min(last, Math.max(0, x))] as number;
    let sum = 0;
    for (let x = -reach; x <= reach; x += 1) sum += near(x);
    soft = from.map((_, x) => {
      const mean = sum / (2 * reach + 1);
      sum += near(x + reach + 1) - near(x - reach);
      return mean;
    });
  }
  return soft;
};
