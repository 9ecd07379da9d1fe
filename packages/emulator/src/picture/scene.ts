/** What all parts of a landscape agree on: its frame and colours, where the horizon is, and where the light comes from. */
import type { Dice } from "../dice.ts";
import type { Frame } from "./layer.ts";
import type { Palette } from "./palette.ts";
import type { Theme } from "./theme.ts";

/** The sun or the moon. */
export interface Luminary {
  /** Its centre, in pixels from the left. */
  readonly x: number;
  /** Its centre, in pixels from the top. */
  readonly y: number;
  /** In pixels. */
  readonly radius: number;
  /** How far the shadow is shifted that makes it a crescent, in radii; 0 where there is none. */
  readonly crescent: number;
}

export interface Scene {
  readonly frame: Frame;
  readonly theme: Theme;
  readonly palette: Palette;
  /** Where sky and land meet, in whole pixels from the top. */
  readonly horizon: number;
  readonly luminary: Luminary;
  /** How near each column of pixels is to the light, from 0 to 1. */
  readonly lit: Float32Array;
  /** The side that the light is not on, where the foreground rises and figures stand; -1 is left and 1 right. */
  readonly quietSide: -1 | 1;
}

/** Settles where things are in a picture of this theme. */
export const sceneOf = (frame: Frame, theme: Theme, palette: Palette, dice: Dice): Scene => {
  const horizon = Math.max(
    2,
    Math.round(frame.height * (theme.water ? dice.between(0.55, 0.63) : dice.between(0.58, 0.66))),
  );
  const quietSide = dice.chance(0.5) ? -1 : 1;
  const luminary: Luminary = {
    x: frame.width * (0.5 - quietSide * dice.between(0.1, 0.3)),
    y: horizon * (palette.dark ? dice.between(0.22, 0.45) : dice.between(0.35, 0.7)),
    radius: frame.unit * dice.between(0.04, 0.06),
    crescent: palette.dark && dice.chance(0.5) ? dice.between(0.35, 0.6) : 0,
  };
  const lit = Float32Array.from({ length: frame.width }, (_, x) => {
    const aside = (x + 0.5 - luminary.x) / (frame.unit * 0.35);
    const near = 1 / (1 + aside * aside);
    return near * near;
  });
  return { frame, theme, palette, horizon, luminary, lit, quietSide };
};
