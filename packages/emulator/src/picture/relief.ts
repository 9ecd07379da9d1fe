/** What the light finds on a mountain: flanks that face it and flanks that do not, and snow on the heights. */
import type { Colour } from "./colour.ts";
import type { Dice } from "../dice.ts";
import { blend, hidesNothing, type Layer } from "./layer.ts";
import { crested, layeredLine, lineOf, softStep } from "./noise.ts";
import { crests, softened, type Outline } from "./ridge.ts";
import type { Scene } from "./scene.ts";

export interface Relief {
  /** The colour of snow, and of a flank that the light reaches. */
  readonly bright: Colour;
  /** The colour of a flank that lies in shadow. */
  readonly shaded: Colour;
  /** How far down snow reaches from the highest peak, from 0 to 1 at the foot. */
  readonly snow: number;
  /** The foot of the mountains, in pixels from the top. */
  readonly foot: number;
}

/** The flanks and the snow of the mountains under an outline, painted over the plain ridge. */
export const relief = ({ frame, luminary }: Scene, outline: Outline, dice: Dice, look: Relief): Layer => {
  const { bright, shaded, foot } = look;
  const { tops, highest } = crests(frame, outline);
  const snowline = highest + (foot - highest) * look.snow;
  const smooth = softened(tops, Math.ceil(frame.unit * 0.024));
  const reach = Math.max(1, Math.round(frame.unit * 0.006));
  const last = frame.width - 1;
  // How far each column's flank turns towards the light, from -1 to 1.
  const turned = smooth.map((_, x) => {
    const slope = ((smooth[Math.min(last, x + reach)] as number) - (smooth[Math.max(0, x - reach)] as number)) / reach;
    const side = (luminary.x - x) / (frame.unit * 0.12);
    return Math.min(1, Math.max(-1, slope * 1.4)) * Math.min(1, Math.max(-1, side));
  });
  const jag = lineOf(dice);
  const edges = smooth.map((top, x) => {
    const along = (x / frame.unit) * 22;
    const place = along + 2.6 * jag(along * 0.5);
    // Long tongues only from high peaks, or low ridges would wear a fringe.
    const length = Math.min(frame.unit * 0.07, Math.max(0, snowline - top) * 0.7);
    return snowline + length * (jag(along * 0.5 + 90) + 0.25) * (crested(place - Math.floor(place)) - 0.8);
  });
  const bend = layeredLine(lineOf(dice), 2, 0.4);
  return {
    hidesFrom: hidesNothing,
    paint: (y, row) => {
      if (y > foot) return;
      const clear = 1 - softStep(highest + (foot - highest) * 0.2, foot, y);
      const shift = Math.round((bend((y / frame.unit) * 15) - 0.5) * frame.unit * 0.05);
      for (let x = 0; x <= last; x += 1) {
        const cover = Math.min(1, Math.max(0, y + 1 - (tops[x] as number)));
        if (cover === 0) continue;
        const turn = turned[Math.min(last, Math.max(0, x + shift))] as number;
        const snow = Math.min(1, Math.max(0, (edges[x] as number) - y));
        const snowy = snow * (turn > 0 ? 0.75 : 0.75 + 0.4 * turn) * (0.25 + 0.75 * clear);
        blend(row, x * 3, bright, cover * snowy);
        blend(row, x * 3, turn > 0 ? bright : shaded, cover * clear * 0.45 * Math.abs(turn));
      }
    },
  };
};
