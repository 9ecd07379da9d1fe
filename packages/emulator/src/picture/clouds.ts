/** Clouds: long soft banks, brighter where they face the light. */
import { along, mix } from "./colour.ts";
import type { Dice } from "../dice.ts";
import { fieldOf } from "./field.ts";
import { blendChannels, hidesNothing, type Layer } from "./layer.ts";
import { layeredPlane, planeOf, softStep } from "./noise.ts";
import type { Scene } from "./scene.ts";

/** As many clouds as the theme asks for. */
export const clouds = ({ frame, palette, horizon, theme: { cloudiness } }: Scene, dice: Dice): Layer => {
  const shape = layeredPlane(planeOf(dice), 5, 0.52);
  const across = dice.between(1.7, 2.6) / frame.unit;
  const down = across * dice.between(3, 4.2);
  const shift = dice.between(0, 100);
  const from = 0.66 - cloudiness * 0.34;
  const thickness = (x: number, y: number): number => {
    const height = 1 - y / horizon;
    // Thinner towards the zenith and the horizon, so that the gradient behind them stays the subject.
    const band = softStep(0, 0.22, height) * (1 - softStep(0.62, 1.05, height) * (1 - cloudiness));
    return softStep(from, from + 0.42, shape(x * across + shift, y * down)) * band;
  };
  const density = fieldOf(frame, (x, y) => (y > horizon ? 0 : thickness(x, y)));
  const lift = frame.unit * 0.012;
  const densities = new Float32Array(frame.width);
  const densitiesAbove = new Float32Array(frame.width);
  return {
    hidesFrom: hidesNothing,
    paint: (y, row) => {
      if (y < 0 || y > horizon) return;
      density.sample(y, densities);
      density.sample(Math.max(0, y - lift), densitiesAbove);
      const [red, green, blue] = mix(along(palette.sky, y / horizon), palette.cloud, 0.12);
      const [litRed, litGreen, litBlue] = palette.cloud;
      for (let x = 0, at = 0; x < frame.width; x += 1, at += 3) {
        const here = densities[x] as number;
        if (here < 0.004) continue;
        // The top of a bank is bright, where there is less of it above than here; its underside is not.
        const lit = Math.min(1, Math.max(0, 0.55 + (here - (densitiesAbove[x] as number)) * 2.2));
        const shadedRed = red + (litRed - red) * lit;
        const shadedGreen = green + (litGreen - green) * lit;
        blendChannels(row, at, shadedRed, shadedGreen, blue + (litBlue - blue) * lit, here * 0.85);
      }
    },
  };
};
