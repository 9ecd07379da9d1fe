/** The shapes that land takes: rolling hills, mountains, dunes. */
import type { Dice } from "../dice.ts";
import type { Frame } from "./layer.ts";
import { crested, layeredLine, lineOf, softStep } from "./noise.ts";
import { outlineOf, type Outline } from "./ridge.ts";

/** Draws an outline; `base` is where its valleys lie in pixels from the top, and `rise` how far its tops stand above. */
export type Land = (frame: Frame, dice: Dice, base: number, rise: number) => Outline;

export const hills: Land = (frame, dice, base, rise) => {
  const line = layeredLine(lineOf(dice), 5, 0.4);
  const scale = dice.between(1.7, 2.7) / frame.unit;
  const shift = dice.between(0, 200);
  return outlineOf(frame, (x) => base - rise * (1.5 * line(x * scale + shift) - 0.25));
};

export const mountains: Land = (frame, dice, base, rise) => {
  const broad = lineOf(dice);
  const sharp = lineOf(dice);
  const scale = dice.between(1.5, 2.2) / frame.unit;
  const shift = dice.between(0, 200);
  const octaves = 7;
  return outlineOf(frame, (x) => {
    const at = x * scale + shift;
    let height = 0;
    for (let octave = 0, finer = 1.6, strength = 0.5; octave < octaves; octave += 1, finer *= 2, strength *= 0.46)
      height += crested(sharp(at * finer + octave * 7.7)) * strength;
    return base - rise * height * (0.45 + 0.75 * broad(at * 0.8));
  });
};

/** Each dune climbs gently and falls off short, as the wind leaves it. */
export const dunes: Land = (frame, dice, base, rise) => {
  const broad = lineOf(dice);
  const bend = lineOf(dice);
  const scale = dice.between(1.1, 1.7) / frame.unit;
  const shift = dice.between(0, 200);
  return outlineOf(frame, (x) => {
    const at = x * scale + shift;
    const place = at + 0.5 * bend(at * 1.3);
    const phase = place - Math.floor(place);
    const up = Math.min(1, phase / 0.68);
    const climb = phase < 0.68 ? up * up * (1.6 - 0.6 * up) : 1 - softStep(0.68, 1, phase);
    return base - rise * (0.25 + 0.75 * broad(Math.floor(place) * 0.37 + 0.4)) * climb - rise * 0.3 * broad(at * 0.9);
  });
};

/** A bank that rises towards one side and leaves the other to the water; -1 is left and 1 right. */
export const bank = (frame: Frame, dice: Dice, base: number, rise: number, side: -1 | 1): Outline => {
  const line = layeredLine(lineOf(dice), 4, 0.35);
  const scale = 2.2 / frame.unit;
  return outlineOf(frame, (x) => {
    const towards = side * (x / frame.width - 0.5) + 0.5;
    return base - rise * (softStep(0.12, 0.66, towards) + 0.3 * (line(x * scale) - 0.5));
  });
};
