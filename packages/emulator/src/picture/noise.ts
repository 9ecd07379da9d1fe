/**
 * Smooth randomness along a line and over a plane, for ridges and clouds.
 *
 * Only sums, products and quotients, which every platform rounds alike.
 */
import type { Dice } from "../dice.ts";

const tableSize = 256;

/** Randomness along a line: a smooth value from 0 to 1 at every place, one bend per unit of length. */
export type Line = (at: number) => number;

/** Randomness over a plane: a smooth value from 0 to 1 at every place, one bump per unit of either side. */
export type Plane = (x: number, y: number) => number;

/** A line of its own for these dice. */
export const lineOf = (dice: Dice): Line => {
  const values = tableOf(dice);
  return (at) => {
    const cell = Math.floor(at);
    const from = values[cell & 255] as number;
    return from + ((values[(cell + 1) & 255] as number) - from) * ease(at - cell);
  };
};

/** A plane of its own for these dice. */
export const planeOf = (dice: Dice): Plane => {
  const values = tableOf(dice);
  const order = Uint8Array.from(tableOf(dice), (value) => value * tableSize);
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const left = order[column & 255] as number;
    const right = order[(column + 1) & 255] as number;
    const across = ease(x - column);
    const topLeft = values[(left + row) & 255] as number;
    const bottomLeft = values[(left + row + 1) & 255] as number;
    const top = topLeft + ((values[(right + row) & 255] as number) - topLeft) * across;
    const bottom = bottomLeft + ((values[(right + row + 1) & 255] as number) - bottomLeft) * across;
    return top + (bottom - top) * ease(y - row);
  };
};

/** The line with finer and finer detail on top, each octave twice as fine and `roughness` times as strong; 0 to 1. */
export const layeredLine = (line: Line, octaves: number, roughness: number): Line => {
  const whole = totalStrength(octaves, roughness);
  return (at) => {
    let sum = 0;
    for (let octave = 0, scale = 1, strength = 1; octave < octaves; octave += 1, scale *= 2, strength *= roughness)
      sum += line(at * scale + octave * 17.31) * strength;
    return sum / whole;
  };
};

/** The plane with finer and finer detail on top, as for a line. */
export const layeredPlane = (plane: Plane, octaves: number, roughness: number): Plane => {
  const whole = totalStrength(octaves, roughness);
  return (x, y) => {
    let sum = 0;
    for (let octave = 0, scale = 1, strength = 1; octave < octaves; octave += 1, scale *= 2, strength *= roughness)
      sum += plane(x * scale + octave * 17.31, y * scale + octave * 9.73) * strength;
    return sum / whole;
  };
};

/** The same value folded at its middle, so that it comes to a crest; 0 to 1. */
export const crested = (value: number): number => 1 - Math.abs(2 * value - 1);

/** 0 below `from`, 1 above `to`, and a soft step between them. */
export const softStep = (from: number, to: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

const tableOf = (dice: Dice): Float64Array => Float64Array.from({ length: tableSize }, () => dice.next());

const ease = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);

const totalStrength = (octaves: number, roughness: number): number => {
  let whole = 0;
  for (let octave = 0, strength = 1; octave < octaves; octave += 1, strength *= roughness) whole += strength;
  return whole;
};
