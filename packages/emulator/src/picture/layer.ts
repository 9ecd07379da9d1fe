/** The picture as layers from back to front, each of which can paint any one row of itself. */
import type { Colour } from "./colour.ts";

/** What a picture is painted on. */
export interface Frame {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** The length in pixels that sizes go by, so that a small picture shows the same scene as a large one. */
  readonly unit: number;
}

/** A row of the picture: red, green and blue of every pixel, from 0 to 255 and not yet rounded. */
export type Row = Float32Array;

export interface Layer {
  /** The first row, counted from the top, from which on this layer hides all that lies behind it. */
  readonly hidesFrom: number;
  /** Paints what the layer has in row `y` over what lies behind it. */
  readonly paint: (y: number, row: Row) => void;
}

/** For a layer that never hides a whole row. */
export const hidesNothing = Number.POSITIVE_INFINITY;

/** The frame of a picture of this many pixels. */
export const frameOf = (width: number, height: number): Frame => {
  const short = Math.min(width, height);
  return { width, height, unit: Math.min(Math.sqrt(width * height), short * 1.5) };
};

/** Paints one row of all layers, without those that would not be seen. */
export const paintRow = (layers: ReadonlyArray<Layer>, y: number, row: Row): void => {
  let backmost = layers.length - 1;
  while (backmost > 0 && y < (layers[backmost]?.hidesFrom ?? hidesNothing)) backmost -= 1;
  for (const layer of layers.slice(backmost)) layer.paint(y, row);
};

/** Lays a colour over the pixel that starts at this place of the row; `share` is from 0 to 1. */
export const blend = (row: Row, at: number, colour: Colour, share: number): void =>
  blendChannels(row, at, colour[0], colour[1], colour[2], share);

/** The same for a colour that no array was made for, as it is another one at every pixel. */
export const blendChannels = (row: Row, at: number, red: number, green: number, blue: number, share: number): void => {
  const behindRed = row[at] as number;
  const behindGreen = row[at + 1] as number;
  const behindBlue = row[at + 2] as number;
  row[at] = behindRed + (red - behindRed) * share;
  row[at + 1] = behindGreen + (green - behindGreen) * share;
  row[at + 2] = behindBlue + (blue - behindBlue) * share;
};

/** The things by the rows that they reach into; `span` gives the first and the last place in pixels from the top. */
export const byRow = <T>(
  things: ReadonlyArray<T>,
  span: (thing: T) => readonly [top: number, bottom: number],
): ReadonlyMap<number, ReadonlyArray<T>> => {
  const rows = new Map<number, Array<T>>();
  for (const thing of things) {
    const [top, bottom] = span(thing);
    for (let y = Math.floor(top); y < bottom; y += 1) {
      const row = rows.get(y);
      if (row === undefined) rows.set(y, [thing]);
      else row.push(thing);
    }
  }
  return rows;
};
