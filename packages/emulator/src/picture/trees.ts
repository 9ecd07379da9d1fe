/** What grows along a ridge: pines in tiers, leafy crowns, and grass. */
import type { Dice } from "../dice.ts";
import type { Frame } from "./layer.ts";
import { lineOf, softStep } from "./noise.ts";
import { finesse, type Outline } from "./ridge.ts";

export interface Wood {
  readonly kind: "pine" | "leafy";
  /** The height of a tall tree, in pixels. */
  readonly height: number;
  /** How closely they stand, from 0, none, to 1, crown by crown. */
  readonly density: number;
  /** Where none stand, in pixels from the left. */
  readonly clearing?: { readonly from: number; readonly to: number };
}

/** The outline with trees standing on it; the one given stays as it is. */
export const withTrees = (
  frame: Frame,
  ground: Outline,
  dice: Dice,
  { kind, height, density, clearing }: Wood,
): Outline => {
  const outline = ground.slice();
  const grove = lineOf(dice);
  const spacing = height * (kind === "pine" ? 0.17 : 0.16);
  const shift = dice.between(0, 200);
  for (let x = -height; x < frame.width + height; x += spacing * dice.between(0.6, 1.4)) {
    // Trees stand in groves, which are lower at their edges, with clearings between them.
    const thick = grove(x / (height * 5) + shift);
    const size = dice.between(0.45, 1) * (0.4 + 0.6 * softStep(density, density - 0.35, thick));
    const slim = dice.between(0.18, 0.25);
    const tiers = Math.floor(dice.between(6, 10));
    if (thick > density || (clearing !== undefined && x > clearing.from && x < clearing.to)) continue;
    if (kind === "pine") raise(ground, outline, x, height * size, height * size * slim, pine(tiers));
    else raise(ground, outline, x, height * size * 0.6, height * size * 0.4, crown);
  }
  return outline;
};

/** The outline with grass on it, whose blades are up to this high in pixels. */
export const withGrass = (frame: Frame, ground: Outline, dice: Dice, height: number): Outline => {
  const outline = ground.slice();
  const lush = lineOf(dice);
  for (let x = 0; x < frame.width; x += height * dice.between(0.08, 0.5)) {
    const size = height * dice.between(0.3, 1) * (0.35 + 0.65 * lush(x / (height * 6)));
    raise(ground, outline, x, size, height * 0.11, blade);
  }
  return outline;
};

/** How high a tree is at a distance from its trunk; both as shares, of its height and of its half width. */
type Profile = (aside: number) => number;

/** Boughs in tiers: each slopes from the trunk to its tip, and there the next one begins a step lower. */
const pine =
  (tiers: number): Profile =>
  (aside) => {
    const tier = Math.max(1, Math.ceil(aside * tiers));
    const atTrunk = 1 - (tier - 1) / tiers;
    const atTip = 1 - (tier + 0.35) / tiers;
    return atTrunk + (atTip - atTrunk) * ((aside * tiers) / tier);
  };

const blade: Profile = (aside) => 1 - aside;

const crown: Profile = (aside) => {
  const leaf = aside * 7 - Math.floor(aside * 7) - 0.5;
  return Math.sqrt(1 - aside * aside) - 0.16 * leaf * leaf;
};

const raise = (
  ground: Outline,
  outline: Outline,
  x: number,
  height: number,
  halfWidth: number,
  profile: Profile,
): void => {
  const foot = ground[Math.min(outline.length - 1, Math.max(0, Math.round(x * finesse)))] as number;
  const last = Math.min(outline.length - 1, (x + halfWidth) * finesse);
  for (let place = Math.max(0, Math.ceil((x - halfWidth) * finesse)); place <= last; place += 1) {
    const aside = Math.min(1, Math.abs((place + 0.5) / finesse - x) / halfWidth);
    outline[place] = Math.min(outline[place] as number, foot - height * profile(aside));
  }
};
