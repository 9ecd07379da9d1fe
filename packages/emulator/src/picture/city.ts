/** A city against the sky: towers as one outline, and the windows that are lit in them. */
import type { Colour } from "./colour.ts";
import type { Dice } from "../dice.ts";
import { blend, byRow, hidesNothing, type Frame, type Layer } from "./layer.ts";
import { finesse, type Outline } from "./ridge.ts";

export interface Tower {
  /** In pixels from the left and from the top. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** Towers side by side from edge to edge; `base` is the street in pixels from the top, `rise` the highest tower. */
export const towersOf = (frame: Frame, dice: Dice, base: number, rise: number): ReadonlyArray<Tower> => {
  const towers: Array<Tower> = [];
  const block = rise * 0.26;
  for (let left = -block * dice.next(); left < frame.width;) {
    const right = left + block * dice.between(0.5, 1.2);
    // Few towers stand out, and more of them downtown, in the middle.
    const centre = 1 - Math.abs((left + right) / frame.width - 1);
    const tall = dice.next() * dice.next();
    towers.push({
      left,
      right,
      top: base - rise * (0.14 + 0.25 * centre * dice.next() + (0.25 + 0.5 * centre) * tall),
    });
    left = right + block * (dice.chance(0.3) ? dice.between(0, 0.3) : -0.05);
  }
  return towers;
};

/** The towers' outline; between them it runs along the street. */
export const skyline = (frame: Frame, towers: ReadonlyArray<Tower>, dice: Dice, base: number): Outline => {
  const outline = new Float32Array(frame.width * finesse).fill(base);
  const raise = (left: number, right: number, top: number): void => {
    const last = Math.min(outline.length, Math.round(right * finesse));
    for (let place = Math.max(0, Math.round(left * finesse)); place < last; place += 1)
      outline[place] = Math.min(outline[place] as number, top);
  };
  for (const { left, right, top } of towers) {
    const width = right - left;
    raise(left, right, top);
    if (dice.chance(0.45)) raise(left + width * 0.2, right - width * 0.2, top - width * dice.between(0.1, 0.35));
    if (dice.chance(0.3)) raise(left + width * 0.48, left + width * 0.53, top - width * dice.between(0.5, 1));
  }
  return outline;
};

interface Window {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The windows of the towers; `share` of them is lit, from 0 to 1. */
export const windows = (
  frame: Frame,
  towers: ReadonlyArray<Tower>,
  dice: Dice,
  base: number,
  lamp: Colour,
  share: number,
): Layer => {
  const lit: Array<Window> = [];
  const pitch = frame.unit * 0.0125;
  for (const { left, right, top } of towers) {
    const columns = Math.floor((right - left) / pitch) - 1;
    const margin = (right - left - columns * pitch) / 2;
    for (let y = top + pitch; y < base; y += pitch * 1.5)
      for (let column = 0; column < columns; column += 1) {
        if (!dice.chance(share)) continue;
        const x = left + margin + (column + 0.25) * pitch;
        lit.push({ left: x, right: x + pitch * 0.5, top: y, bottom: y + pitch * 0.8 });
      }
  }
  const rows = byRow(lit, ({ top, bottom }) => [top, bottom]);
  return {
    hidesFrom: hidesNothing,
    paint: (y, row) => {
      for (const { left, right, top, bottom } of rows.get(y) ?? []) {
        const high = Math.min(bottom, y + 1) - Math.max(top, y);
        for (let x = Math.max(0, Math.floor(left)); x < Math.min(right, frame.width); x += 1)
          blend(row, x * 3, lamp, high * (Math.min(right, x + 1) - Math.max(left, x)) * 0.85);
      }
    },
  };
};
