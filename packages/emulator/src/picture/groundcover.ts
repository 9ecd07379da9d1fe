/** How land looks by its distance: hazy far off and dark close by, with the theme's trees on it. */
import { along, mix } from "./colour.ts";
import type { Dice } from "../dice.ts";
import type { Layer } from "./layer.ts";
import { ridge, type Filling, type Outline } from "./ridge.ts";
import type { Scene } from "./scene.ts";
import { standOf } from "./staffage.ts";
import { withTrees } from "./trees.ts";

/** What fills bare land; `nearness` is from 0, at the horizon, to 1, where the onlooker stands. */
export const fillingOf = ({ frame, palette }: Scene, nearness: number): Filling => {
  const crest = along(palette.land, nearness);
  return {
    crest,
    foot: mix(crest, palette.mist, 0.82 - 0.74 * nearness),
    depth: frame.height * (0.16 + 0.12 * nearness),
    lit: 0.6 * (1 - nearness) * palette.glowing,
  };
};

/** Land with the trees on it that the theme asks for; `nearness` is from 0, at the horizon, to 1. */
export const covered = (scene: Scene, ground: Outline, dice: Dice, nearness: number): ReadonlyArray<Layer> => {
  const { frame, theme, palette } = scene;
  const filling = fillingOf(scene, nearness);
  if (theme.wood === "none") return [ridge(scene, ground, filling)];
  const height = frame.unit * (0.014 + 0.11 * nearness * nearness);
  const stand = nearness === 1 ? standOf(scene) : undefined;
  const trees = withTrees(frame, ground, dice, {
    kind: theme.wood,
    height,
    density: theme.dense ? 0.85 : 0.68,
    ...(stand === undefined ? {} : { clearing: { from: stand.x - stand.width, to: stand.x + stand.width } }),
  });
  if (!theme.snow) return [ridge(scene, trees, filling)];
  // What is level with the ground would be seen as a dark line along it.
  const standing = trees.map((top, place) => (top === ground[place] ? top + 2 : top));
  const bark = mix(palette.mist, palette.ink, 0.35 + 0.6 * nearness);
  const trunks = { ...filling, crest: bark, foot: mix(bark, palette.mist, 0.3) };
  return [ridge(scene, standing, trunks), ridge(scene, ground, filling)];
};
