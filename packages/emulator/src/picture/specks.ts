/** Small soft specks scattered over the picture: stars, snowflakes, drops of rain. */
import type { Colour } from "./colour.ts";
import { blend, byRow, hidesNothing, type Frame, type Layer } from "./layer.ts";

export interface Speck {
  /** Its centre, in pixels from the left and the top. */
  readonly x: number;
  readonly y: number;
  /** Half its width, in pixels. */
  readonly radius: number;
  /** How many times as high as wide it is. */
  readonly stretch: number;
  /** How strongly it shows, from 0 to 1. */
  readonly strength: number;
}

/** Smaller than this many pixels a speck would vanish between two of them, so it is drawn larger and fainter. */
const smallestRadius = 0.6;
/** How far from its centre a speck has faded to nothing, in radii. */
const reach = 2.5;

/** All of the specks in one colour. */
export const specks = (frame: Frame, colour: Colour, scattered: ReadonlyArray<Speck>): Layer => {
  const drawn = scattered.map((speck): Speck => {
    const radius = Math.max(smallestRadius, speck.radius);
    return { ...speck, radius, strength: speck.strength * (0.25 + (0.75 * speck.radius) / radius) };
  });
  const rows = byRow(drawn, ({ y, radius, stretch }) => [y - radius * reach * stretch, y + radius * reach * stretch]);
  return {
    hidesFrom: hidesNothing,
    paint: (y, row) => {
      for (const speck of rows.get(y) ?? []) paintSpeck(frame, colour, speck, y, row);
    },
  };
};

const paintSpeck = (frame: Frame, colour: Colour, speck: Speck, y: number, row: Float32Array): void => {
  const down = (y + 0.5 - speck.y) / speck.stretch;
  const far = speck.radius * reach;
  const perSquare = 1 / (speck.radius * speck.radius);
  const last = Math.min(frame.width - 1, Math.floor(speck.x + far));
  for (let x = Math.max(0, Math.floor(speck.x - far)); x <= last; x += 1) {
    const across = x + 0.5 - speck.x;
    const square = (across * across + down * down) * perSquare;
    const near = Math.max(0, 1 - square / (reach * reach)) / (1 + square);
    blend(row, x * 3, colour, near * near * speck.strength);
  }
};
