/** Still water: what lies above the shore once more, upside down, drawn sideways by ripples and darkened. */
import { along, mix } from "./colour.ts";
import type { Dice } from "../dice.ts";
import { blend, paintRow, type Layer } from "./layer.ts";
import { planeOf, softStep } from "./noise.ts";
import type { Scene } from "./scene.ts";

/** Water from the horizon down, in which the layers above it are seen again. */
export const water = (scene: Scene, dice: Dice, above: ReadonlyArray<Layer>): Layer => {
  const { frame, palette, horizon: shore, luminary } = scene;
  const ripples = planeOf(dice);
  const mirrored = new Float32Array(frame.width * 3);
  const depth = frame.height - shore;
  const tint = mix(along(palette.sky, 0.1), palette.ink, 0.25);
  const sparkle = mix(palette.disc, palette.glow, 0.3);
  return {
    hidesFrom: shore,
    paint: (y, row) => {
      if (y < shore) return;
      const down = y - shore + 0.5;
      const near = down / depth;
      paintRow(above, Math.max(0, Math.floor(shore - down * Math.min(1.15, (shore - 1) / depth))), mirrored);
      // Waves of one size look smaller and flatter the nearer they are to the horizon.
      const perspective = 1 / (0.035 + near);
      const wave = perspective * 21;
      const across = (perspective * 3.2) / frame.unit;
      const sway = frame.unit * 0.012 * (0.15 + near);
      const darken = 0.14 + 0.3 * near;
      const reach = frame.unit * (0.05 + 0.13 * near);
      for (let x = 0, at = 0; x < frame.width; x += 1, at += 3) {
        const aside = x + 0.5 - luminary.x;
        const ripple = ripples((aside + frame.unit * 40) * across, wave);
        const from = Math.min(frame.width - 1, Math.max(0, Math.round(x + (ripple - 0.5) * sway * 2))) * 3;
        row[at] = mirrored[from] as number;
        row[at + 1] = mirrored[from + 1] as number;
        row[at + 2] = mirrored[from + 2] as number;
        blend(row, at, tint, darken * (0.5 + ripple));
        const road = 1 - Math.abs(aside) / reach;
        if (road > 0)
          blend(row, at, sparkle, softStep(0.42, 0.7, ripple) * road * road * (0.25 + palette.glowing) * 0.9);
      }
    },
  };
};
