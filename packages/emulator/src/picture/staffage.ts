/** Puts figures into the landscape: who stands on the foreground, sails on the water, or flies in the sky. */
import { hex, mix, type Colour } from "./colour.ts";
import type { Dice } from "../dice.ts";
import { figures, type Figure, type Paint } from "./figures.ts";
import type { Layer } from "./layer.ts";
import { finesse, type Outline } from "./ridge.ts";
import type { Scene } from "./scene.ts";
import { shape, type Placement } from "./shape.ts";

/** The height of each figure that stands on the ground, in the frame's units. */
const standing = { fox: 0.19, cat: 0.16, deer: 0.24, cabin: 0.17, lighthouse: 0.36 } as const;

/** A place on the ground: its middle in pixels from the left, and its width in pixels. */
export interface Stand {
  readonly x: number;
  readonly width: number;
}

/** Where the scene's figure stands, if it has one that stands on the ground. */
export const standOf = ({ frame, theme, quietSide }: Scene): Stand | undefined => {
  const size = heightOf(theme.figure);
  if (size === undefined) return undefined;
  return { x: frame.width * (0.5 + quietSide * 0.22), width: size * frame.unit };
};

/** The figure that stands on the ground under this outline, if the scene has one; goes behind that ground. */
export const onGround = (scene: Scene, ground: Outline): ReadonlyArray<Layer> => {
  const { theme, quietSide } = scene;
  const stand = standOf(scene);
  if (stand === undefined || theme.figure === "none") return [];
  const { x, width } = stand;
  const under = ground.subarray(
    Math.max(0, Math.round((x - width * 0.3) * finesse)),
    Math.round((x + width * 0.3) * finesse),
  );
  // Animals look towards the light. The ground is painted over their feet, for it is rarely as flat as they are.
  const y = under.reduce((sum, at) => sum + at, 0) / under.length + width * 0.02;
  return drawn(scene, theme.figure, { x, y, size: width, facing: quietSide, upright: 1 });
};

/** Boats, and what the water shows of them. */
export const onWater = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const { frame, horizon, theme, quietSide } = scene;
  if (theme.figure !== "sailboat") return [];
  const y = horizon + (frame.height - horizon) * 0.16;
  const x = frame.width * (0.5 + quietSide * dice.between(0.02, 0.2));
  const place: Placement = { x, y, size: frame.unit * 0.16, facing: quietSide, upright: 1 };
  return [...drawn(scene, "sailboat", { ...place, upright: -1 }, 0.3), ...drawn(scene, "sailboat", place)];
};

/** Balloons and birds. */
export const inSky = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => [
  ...(scene.theme.figure === "balloon" ? balloons(scene, dice.fork("balloons")) : []),
  ...(scene.theme.birds && !scene.palette.dark ? flock(scene, dice.fork("birds")) : []),
];

/** Each balloon's height in the frame's units, and where it is: in widths from the middle and in horizons from the top. */
const balloonsAloft = [
  { height: 0.24, aside: 0.17, down: 0.7 },
  { height: 0.09, aside: -0.02, down: 0.48 },
  { height: 0.06, aside: 0.38, down: 0.4 },
] as const;

const balloons = (scene: Scene, dice: Dice): ReadonlyArray<Layer> =>
  balloonsAloft.flatMap(({ height, aside, down }) =>
    drawn(scene, "balloon", {
      x: scene.frame.width * (0.5 + scene.quietSide * (aside + dice.between(-0.03, 0.03))),
      y: scene.horizon * (down + dice.between(-0.05, 0.05)),
      size: scene.frame.unit * height,
      facing: 1,
      upright: 1,
    }),
  );

const flock = (scene: Scene, dice: Dice): ReadonlyArray<Layer> => {
  const { unit, width } = scene.frame;
  const x = width * (0.5 + scene.quietSide * dice.between(0, 0.25));
  const y = scene.horizon * dice.between(0.3, 0.55);
  return Array.from({ length: 6 }, (): Placement => {
    const size = unit * dice.between(0.014, 0.03);
    const aside = unit * dice.between(-0.12, 0.12);
    return { x: x + aside, y: y + unit * dice.between(-0.05, 0.05), size, facing: 1, upright: 1 };
  }).flatMap((place) => drawn(scene, "bird", place, 0.75));
};

const heightOf = (figure: Figure | "none"): number | undefined =>
  Object.entries(standing).find(([name]) => name === figure)?.[1];

const drawn = (scene: Scene, figure: Figure, place: Placement, share = 1): ReadonlyArray<Layer> =>
  figures[figure].map(({ paint, path }) => shape(scene.frame, path, place, inLight(scene, paint), share));

/** What a paint looks like in the scene's light: by night nearly as dark as the land, but for the lamps. */
const inLight = ({ palette, theme }: Scene, paint: Paint): Colour => {
  const shadow = palette.dark ? 0.32 : 0.08;
  switch (paint) {
    case "ink":
      return palette.ink;
    case "lamp":
      return hex("#ffd98a");
    case "coat":
      return mix(hex(theme.coat), palette.ink, shadow);
    case "pale":
      return mix(mix(hex("#fff6ea"), palette.mist, 0.2), palette.ink, shadow * 0.7);
    case "red":
      return mix(mix(hex("#d4504f"), palette.mist, 0.12), palette.ink, shadow * 0.8);
  }
};
