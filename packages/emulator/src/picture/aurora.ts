/** Northern lights: curtains that hang across the sky, sharp at their lower edge and fading upwards. */
import { hex, mix, type Colour } from "./colour.ts";
import type { Dice } from "../dice.ts";
import { hidesNothing, type Layer, type Row } from "./layer.ts";
import { layeredLine, lineOf, softStep } from "./noise.ts";
import type { Scene } from "./scene.ts";

interface Curtain {
  /** The lower edge at every pixel from the left, in pixels from the top. */
  readonly edges: Float32Array;
  /** How high it hangs at every pixel, in pixels. */
  readonly heights: Float32Array;
  /** How brightly it shines at every pixel, from 0 to 1. */
  readonly strengths: Float32Array;
  readonly low: Colour;
  readonly high: Colour;
}

/** Three curtains, one behind the other. */
export const aurora = (scene: Scene, dice: Dice): Layer => {
  const curtains = [0, 1, 2].map((place) => curtainOf(scene, dice.fork(`curtain ${place}`), place));
  return {
    hidesFrom: hidesNothing,
    paint: (y, row) => {
      for (const curtain of curtains) paintCurtain(curtain, y, row);
    },
  };
};

const curtainOf = ({ frame, horizon }: Scene, dice: Dice, place: number): Curtain => {
  const wave = layeredLine(lineOf(dice), 3, 0.4);
  const rays = layeredLine(lineOf(dice), 4, 0.7);
  const patches = lineOf(dice);
  const shift = dice.between(0, 200);
  const along = (values: (at: number) => number) =>
    Float32Array.from({ length: frame.width }, (_, x) => values(x / frame.unit + shift));
  return {
    edges: along((at) => horizon * (0.5 + place * 0.14 + 0.55 * (wave(at * 1.6) - 0.5))),
    heights: along((at) => horizon * (0.28 + 0.5 * rays(at * 7))),
    strengths: along(
      (at) => (0.3 + 0.7 * rays(at * 16 + 60)) * softStep(0.2, 0.75, patches(at * 1.3)) * (0.95 - 0.2 * place),
    ),
    low: mix(hex("#7dffb8"), hex("#5ff5e0"), dice.next()),
    high: mix(hex("#7a5cff"), hex("#e05cc8"), dice.next()),
  };
};

const paintCurtain = ({ edges, heights, strengths, low, high }: Curtain, y: number, row: Row): void => {
  for (let x = 0, at = 0; x < edges.length; x += 1, at += 3) {
    const up = ((edges[x] as number) - y) / (heights[x] as number);
    if (up < -0.12 || up > 1) continue;
    const fade = up < 0 ? softStep(-0.12, 0, up) : (1 - up) * (1 - up);
    const light = fade * (strengths[x] as number) * 0.85;
    const climb = Math.min(1, Math.max(0, up * 1.2));
    // Light adds to the sky instead of covering it; the further a channel is from white, the more it can take.
    for (let channel = 0; channel < 3; channel += 1) {
      const added = (low[channel] as number) + ((high[channel] as number) - (low[channel] as number)) * climb;
      const behind = row[at + channel] as number;
      row[at + channel] = behind + (1 - behind / 255) * added * light;
    }
  }
};
