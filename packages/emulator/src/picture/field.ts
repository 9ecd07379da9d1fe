/** A value that varies softly over the picture, worked out on a coarse grid and drawn out between its points. */
import type { Frame } from "./layer.ts";

export interface Field {
  /** Writes the value at each pixel of row `y` into `out`, which is as long as the picture is wide. */
  readonly sample: (y: number, out: Float32Array) => void;
}

/** How many points of the grid lie along the frame's unit; finer than that the eye finds nothing in a cloud. */
const pointsPerUnit = 200;

/** The field whose value at a place, given in pixels from the left and the top, is what the function answers. */
export const fieldOf = (frame: Frame, valueAt: (x: number, y: number) => number): Field => {
  const step = Math.max(1, frame.unit / pointsPerUnit);
  const columns = Math.ceil(frame.width / step) + 2;
  const rows = Math.ceil(frame.height / step) + 2;
  const values = new Float32Array(columns * rows);
  for (let row = 0, at = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1, at += 1) values[at] = valueAt(column * step, row * step);
  const between = new Float32Array(columns);
  return {
    sample: (y, out) => {
      const scaled = y / step;
      const above = Math.floor(scaled) * columns;
      const share = scaled - Math.floor(scaled);
      for (let column = 0; column < columns; column += 1) {
        const upper = values[above + column] as number;
        between[column] = upper + ((values[above + columns + column] as number) - upper) * share;
      }
      for (let x = 0, place = 0; x < out.length; x += 1, place = x / step) {
        const column = place | 0;
        const left = between[column] as number;
        out[x] = left + ((between[column + 1] as number) - left) * (place - column);
      }
    },
  };
};
