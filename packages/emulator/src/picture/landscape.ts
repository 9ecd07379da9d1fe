/** Composes a landscape, from the sky to what stands in the foreground. */
import { aurora } from "./aurora.ts";
import { skyline, towersOf, windows } from "./city.ts";
import { clouds } from "./clouds.ts";
import { along, hex, mix } from "./colour.ts";
import type { Dice } from "../dice.ts";
import { bank, dunes, hills, mountains } from "./land.ts";
import type { Layer } from "./layer.ts";
import { covered, fillingOf } from "./groundcover.ts";
import { relief } from "./relief.ts";
import { ridge, type Outline } from "./ridge.ts";
import type { Scene } from "./scene.ts";
import { disc, glow, skyGradient } from "./sky.ts";
import { inSky, onGround, onWater } from "./staffage.ts";
import { withGrass } from "./trees.ts";
import { water } from "./water.ts";
import { rainfall, snowfall, stars } from "./weather.ts";

/** The layers of a scene, from back to front; `dice` vary everything that the scene leaves open. */
export const landscape = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const distance = [...skyOf(scene, dice), ...distantLand(scene, dice)];
  return [
    ...distance,
    ...(scene.theme.water ? lakeOf(scene, dice, distance) : nearLand(scene, dice)),
    ...(scene.theme.falling === "snow" ? [snowfall(scene, dice.fork("snowfall"))] : []),
    ...(scene.theme.falling === "rain" ? [rainfall(scene, dice.fork("rainfall"))] : []),
  ];
};

const skyOf = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => [
  skyGradient(scene),
  ...(scene.palette.dark ? [stars(scene, dice.fork("stars"))] : []),
  ...(scene.theme.aurora ? [aurora(scene, dice.fork("aurora"))] : []),
  glow(scene),
  disc(scene),
  clouds(scene, dice.fork("clouds")),
  ...inSky(scene, dice.fork("sky")),
];

const shapes = { hills, mountains, dunes, city: hills };

/** What rises behind the horizon, or on it. */
const distantLand = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const { frame, horizon, theme } = scene;
  const base = horizon + frame.height * (theme.water ? 0.01 : 0.05);
  const rise = frame.height * (theme.land === "mountains" ? (theme.water ? 0.3 : 0.42) : 0.16);
  const far = shapes[theme.land](frame, dice.fork("far"), base, rise);
  const middle = shapes[theme.land](frame, dice.fork("middle"), base, rise * 0.55);
  const back = ridge(scene, far, fillingOf(scene, 0));
  if (theme.land !== "mountains")
    return [back, ...covered(scene, middle, dice.fork("middle trees"), 0.22), ...farShore(scene, dice)];
  // No trees on the middle range: they would make molehills of the mountains.
  const faces = mountainside(scene, far, dice.fork("relief"), base);
  return [back, faces, ridge(scene, middle, fillingOf(scene, 0.22)), ...farShore(scene, dice)];
};

/** What stands across the water, if there is any. */
const farShore = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const { frame, horizon, theme } = scene;
  if (theme.land === "city") return cityOf(scene, dice.fork("city"));
  if (!theme.water) return [];
  const shore = hills(frame, dice.fork("shore"), horizon + 1, frame.height * 0.045);
  return covered(scene, shore, dice.fork("shore trees"), 0.42);
};

/** The hills in front of the horizon, down to the one that the onlooker stands on. */
const nearLand = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const { frame, horizon, theme } = scene;
  const form = theme.land === "dunes" ? dunes : hills;
  const behind = [0.4, 0.6, 0.8].flatMap((nearness) => {
    const base = horizon + (frame.height * 1.04 - horizon) * nearness;
    const ground = form(frame, dice.fork(`land ${nearness}`), base, frame.height * 0.17);
    return covered(scene, ground, dice.fork(`trees ${nearness}`), nearness);
  });
  return [...behind, ...foreground(scene, dice)];
};

const lakeOf = (scene: Scene, dice: Dice, above: ReadonlyArray<Layer>): ReadonlyArray<Layer> => [
  water(scene, dice.fork("water"), above),
  ...onWater(scene, dice.fork("boat")),
  ...foreground(scene, dice),
];

const foreground = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const { frame, theme, quietSide } = scene;
  const bare = bank(frame, dice.fork("bank"), frame.height * 1.02, frame.height * 0.2, quietSide);
  const grassy = !theme.snow && theme.land !== "dunes";
  const ground = grassy ? withGrass(frame, bare, dice.fork("grass"), frame.unit * 0.016) : bare;
  return [...onGround(scene, bare), ...covered(scene, ground, dice.fork("near trees"), 1)];
};

const cityOf = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const { frame, horizon, palette } = scene;
  return [0.2, 0.5].flatMap((nearness) => {
    const row = dice.fork(`row ${nearness}`);
    const towers = towersOf(frame, row, horizon, frame.height * (0.6 - 0.32 * nearness));
    const lamp = mix(hex("#ffd98a"), palette.mist, 0.55 - nearness);
    const share = palette.dark ? 0.38 : 0.1;
    return [
      ridge(scene, skyline(frame, towers, row, horizon), fillingOf(scene, nearness)),
      windows(frame, towers, row.fork("windows"), horizon, lamp, share),
    ];
  });
};

const mountainside = (scene: Scene, outline: Outline, dice: Dice, foot: number): Layer => {
  const { palette, theme } = scene;
  return relief(scene, outline, dice, {
    bright: mix(mix(palette.cloud, palette.glow, 0.3), along(palette.sky, 0.7), palette.dark ? 0.35 : 0),
    shaded: mix(along(palette.land, theme.snow ? 0 : 0.1), palette.ink, 0.25),
    snow: theme.snow ? 1.3 : 0.42,
    foot,
  });
};
