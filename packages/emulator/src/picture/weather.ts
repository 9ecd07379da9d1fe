/** What is scattered over sky and land: stars by night, and snow or rain in the air. */
import { hex, mix } from "./colour.ts";
import type { Dice } from "../dice.ts";
import type { Frame, Layer } from "./layer.ts";
import type { Scene } from "./scene.ts";
import { specks, type Speck } from "./specks.ts";

const white = hex("#fdfbff");
/** However large the picture, there are no more specks than this in it. */
const mostSpecks = 6000;

/** The stars, many faint ones and few that shine; towards the horizon they fade. */
export const stars = ({ frame, horizon }: Scene, dice: Dice): Layer =>
  specks(
    frame,
    white,
    scatter(frame, 400 * (horizon / frame.height), () => {
      const height = dice.next();
      const magnitude = dice.next();
      const rare = magnitude * magnitude * magnitude * magnitude;
      return {
        x: dice.next() * frame.width,
        y: height * horizon,
        radius: frame.unit * (0.0007 + 0.0013 * rare),
        stretch: 1,
        strength: (0.3 + 0.7 * rare) * (1 - height * height),
      };
    }),
  );

/** Snow in the air: most flakes are far off, a few large ones are near and out of focus. */
export const snowfall = ({ frame }: Scene, dice: Dice): Layer =>
  specks(
    frame,
    white,
    scatter(frame, 260, () => {
      const near = dice.next() * dice.next() * dice.next();
      return {
        x: dice.next() * frame.width,
        y: dice.next() * frame.height,
        radius: frame.unit * (0.0016 + 0.0075 * near),
        stretch: 1,
        strength: 0.85 - 0.55 * near,
      };
    }),
  );

/** Rain in the air. */
export const rainfall = ({ frame, palette }: Scene, dice: Dice): Layer =>
  specks(
    frame,
    mix(palette.mist, white, 0.4),
    scatter(frame, 300, () => ({
      x: dice.next() * frame.width,
      y: dice.next() * frame.height,
      radius: frame.unit * 0.001,
      stretch: dice.between(10, 22),
      strength: dice.between(0.15, 0.45),
    })),
  );

const scatter = (frame: Frame, perSquareUnit: number, make: () => Speck): ReadonlyArray<Speck> => {
  const squareUnits = (frame.width * frame.height) / (frame.unit * frame.unit);
  return Array.from({ length: Math.min(mostSpecks, Math.round(perSquareUnit * squareUnits)) }, make);
};
