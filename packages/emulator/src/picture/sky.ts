/** The sky: a gradient from its top to the horizon, and the sun or the moon with the light it sheds. */
import { along } from "./colour.ts";
import { blend, hidesNothing, type Layer } from "./layer.ts";
import type { Scene } from "./scene.ts";

/** The bare sky down to the horizon. */
export const skyGradient = ({ frame, palette, horizon }: Scene): Layer => ({
  hidesFrom: 0,
  paint: (y, row) => {
    const [red, green, blue] = along(palette.sky, (y + 0.5) / horizon);
    for (let at = 0; at < frame.width * 3; at += 3) {
      row[at] = red;
      row[at + 1] = green;
      row[at + 2] = blue;
    }
  },
});

/** The light around the sun or the moon: a narrow halo in a wide glow. */
export const glow = ({ frame, palette, luminary: { x, y, radius } }: Scene): Layer => {
  const narrow = 1 / (radius * radius * 5);
  const wide = 1 / (frame.unit * frame.unit * 0.13);
  return {
    hidesFrom: hidesNothing,
    paint: (rowAt, row) => {
      const down = rowAt + 0.5 - y;
      for (let column = 0, at = 0; column < frame.width; column += 1, at += 3) {
        const across = column + 0.5 - x;
        const square = across * across + down * down * 1.4;
        const halo = 1 / (1 + square * narrow);
        const spread = 1 / (1 + square * wide);
        blend(row, at, palette.glow, (halo * halo * 0.55 + spread * spread * 0.5) * palette.glowing);
      }
    },
  };
};

/** The disc itself, soft at its edge. */
export const disc = ({ frame, palette, luminary: { x, y, radius, crescent } }: Scene): Layer => {
  const first = Math.max(0, Math.floor(x - radius - 1));
  const last = Math.min(frame.width - 1, Math.ceil(x + radius + 1));
  const shadow = { x: x - radius * crescent, y: y - radius * crescent * 0.35 };
  return {
    hidesFrom: hidesNothing,
    paint: (rowAt, row) => {
      if (Math.abs(rowAt + 0.5 - y) > radius + 1) return;
      for (let column = first; column <= last; column += 1) {
        const lit = inside(column + 0.5 - x, rowAt + 0.5 - y, radius);
        const shaded = crescent === 0 ? 0 : inside(column + 0.5 - shadow.x, rowAt + 0.5 - shadow.y, radius * 0.94);
        blend(row, column * 3, palette.disc, lit * (1 - shaded));
      }
    },
  };
};

/** How much of a pixel lies in a circle, from 0 to 1, by the pixel's distance from the centre. */
const inside = (across: number, down: number, radius: number): number =>
  Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(across * across + down * down)));
