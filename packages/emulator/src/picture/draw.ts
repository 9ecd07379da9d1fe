/** Draws the picture that the emulator gives back for a prompt: a landscape of its own for every prompt and seed. */
import { diceOf } from "../dice.ts";
import { landscape } from "./landscape.ts";
import { frameOf, paintRow, type Layer } from "./layer.ts";
import { palettes, underSnow } from "./palette.ts";
import { encodePng } from "./png.ts";
import { sceneOf } from "./scene.ts";
import { themeOf } from "./theme.ts";

export interface Order {
  readonly prompt: string;
  /** A whole number from 0 to 2^32-1. */
  readonly seed: number;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
}

/** The bytes of a PNG file of exactly that size; equal orders give equal bytes on every platform. */
export const drawPicture = (order: Order): Uint8Array => encodePng(order.width, order.height, paintPicture(order));

/** The same picture as three bytes per pixel, row after row from the top. */
export const paintPicture = ({ prompt, seed, width, height }: Order): Uint8Array => {
  const dice = diceOf(prompt, seed);
  const theme = themeOf(prompt, dice.fork("theme"));
  const palette = theme.snow ? underSnow(palettes[theme.mood]) : palettes[theme.mood];
  const layers = landscape(sceneOf(frameOf(width, height), theme, palette, dice.fork("scene")), dice);
  return pixelsOf(layers, width, height);
};

/** How far a pixel may be rounded the wrong way; more would hide bands no better, and would not compress. */
const ditherStrength = 0.55;

/** Rounds the layers' colours, each pixel with a nudge of its own, so that gradients do not show as bands. */
const pixelsOf = (layers: ReadonlyArray<Layer>, width: number, height: number): Uint8Array => {
  const rgb = new Uint8ClampedArray(width * height * 3);
  const row = new Float32Array(width * 3);
  for (let y = 0, at = 0; y < height; y += 1) {
    paintRow(layers, y, row);
    for (let x = 0, channel = 0; x < width; x += 1) {
      // Martin Roberts' R2 sequence: even like a grid, and without a grid's pattern.
      const place = ((Math.imul(x, 0xc13fa9a9) + Math.imul(y, 0x91e10da5)) >>> 0) / 0x1_0000_0000;
      const nudge = (place - 0.5) * ditherStrength;
      for (const end = channel + 3; channel < end; channel += 1, at += 1) rgb[at] = (row[channel] as number) + nudge;
    }
  }
  return new Uint8Array(rgb.buffer);
};
