/** The colours that a picture is painted in: one harmonious set for each hour and mood. */
import { hex, mix, type Colour } from "./colour.ts";

export interface Palette {
  /** The sky from its top to the horizon. */
  readonly sky: ReadonlyArray<Colour>;
  /** The disc of the sun or the moon. */
  readonly disc: Colour;
  /** What the disc sheds around itself. */
  readonly glow: Colour;
  /** How strongly it does, from 0 to 1. */
  readonly glowing: number;
  /** The land from the farthest ridge to the nearest. */
  readonly land: ReadonlyArray<Colour>;
  /** What hangs in the valleys between two ridges. */
  readonly mist: Colour;
  /** What stands out against the light: trees, houses, birds. */
  readonly ink: Colour;
  /** Clouds, where light falls on them. */
  readonly cloud: Colour;
  /** Whether it is dark: stars are out, the disc is the moon, and windows are lit. */
  readonly dark: boolean;
}

export type Mood =
  "dawn" | "day" | "sunset" | "dusk" | "night" | "polar" | "autumn" | "spring" | "overcast" | "neon" | "sand";

const colours = (codes: string): ReadonlyArray<Colour> => codes.split(" ").map(hex);

export const palettes: Readonly<Record<Mood, Palette>> = {
  dawn: {
    sky: colours("#5f83b8 #9fb4d9 #e9c8cf #ffe2c0"),
    disc: hex("#fff8e6"),
    glow: hex("#fff0cc"),
    glowing: 0.75,
    land: colours("#b3acca #7f86ae #4d5f86 #27385a"),
    mist: hex("#f0d3d2"),
    ink: hex("#1c2a48"),
    cloud: hex("#fff1e6"),
    dark: false,
  },
  day: {
    sky: colours("#3a86c8 #6db4e0 #addcf0 #e6f5f3"),
    disc: hex("#fffdf2"),
    glow: hex("#ffffff"),
    glowing: 0.5,
    land: colours("#9cc6d8 #68a5a8 #3c8073 #1c5147"),
    mist: hex("#d9eff0"),
    ink: hex("#12392f"),
    cloud: hex("#ffffff"),
    dark: false,
  },
  sunset: {
    sky: colours("#3a3878 #8a4d8c #e8766c #ffc57d"),
    disc: hex("#fff3c9"),
    glow: hex("#ffdf9b"),
    glowing: 0.85,
    land: colours("#c26a7c #8a4674 #4f2f62 #261a3e"),
    mist: hex("#ffab7c"),
    ink: hex("#190f2b"),
    cloud: hex("#ffb48f"),
    dark: false,
  },
  dusk: {
    sky: colours("#1b2452 #463f88 #9a5f9e #f0a39a"),
    disc: hex("#fff0dc"),
    glow: hex("#ffc7b0"),
    glowing: 0.6,
    land: colours("#8460a0 #574a88 #332f65 #16163a"),
    mist: hex("#d690a8"),
    ink: hex("#0e0e29"),
    cloud: hex("#e09ab0"),
    dark: true,
  },
  night: {
    sky: colours("#060c24 #0e1d4a #214078 #557fae"),
    disc: hex("#f7f3e2"),
    glow: hex("#b9d2f0"),
    glowing: 0.5,
    land: colours("#3d629a #274678 #152a52 #081430"),
    mist: hex("#6a92c0"),
    ink: hex("#050b1e"),
    cloud: hex("#8fb0d8"),
    dark: true,
  },
  polar: {
    sky: colours("#050a20 #091b3c #10405a #2d7a80"),
    disc: hex("#eafaf0"),
    glow: hex("#9be8cf"),
    glowing: 0.35,
    land: colours("#2c6878 #1c4a60 #102d45 #071426"),
    mist: hex("#4b9c98"),
    ink: hex("#040b18"),
    cloud: hex("#5fa8a4"),
    dark: true,
  },
  autumn: {
    sky: colours("#7497b0 #adc0c4 #ecd9b4 #fde9c4"),
    disc: hex("#fffbe8"),
    glow: hex("#fff3d0"),
    glowing: 0.6,
    land: colours("#cfb094 #c98a55 #a8512c #562419"),
    mist: hex("#f6dfba"),
    ink: hex("#3b1712"),
    cloud: hex("#fff8ea"),
    dark: false,
  },
  spring: {
    sky: colours("#8ab6dc #bcd6ec #f3dfe8 #ffeef0"),
    disc: hex("#fffdf6"),
    glow: hex("#fff6f2"),
    glowing: 0.55,
    land: colours("#bfcfd8 #a5c7a8 #6fa779 #376b52"),
    mist: hex("#fbe6ec"),
    ink: hex("#284a40"),
    cloud: hex("#ffffff"),
    dark: false,
  },
  overcast: {
    sky: colours("#6f8796 #93a9b4 #bccbd0 #dbe3e2"),
    disc: hex("#f6f9f8"),
    glow: hex("#f1f6f5"),
    glowing: 0.35,
    land: colours("#a9bcc2 #7b959c #4d6b72 #263f47"),
    mist: hex("#d0dbdc"),
    ink: hex("#1a2d34"),
    cloud: hex("#eef3f3"),
    dark: false,
  },
  sand: {
    sky: colours("#4f95b8 #8fc0c8 #e6dcc0 #fbe3b6"),
    disc: hex("#fffbe6"),
    glow: hex("#fff2c8"),
    glowing: 0.6,
    land: colours("#e4bd92 #d79a62 #b8713f #7c4226"),
    mist: hex("#f4dbb2"),
    ink: hex("#4a2417"),
    cloud: hex("#fff8ea"),
    dark: false,
  },
  neon: {
    sky: colours("#12083a #3c1272 #b0249a #ff7a8a"),
    disc: hex("#ffe08a"),
    glow: hex("#ff7ac8"),
    glowing: 0.6,
    land: colours("#8a2a9e #4f1f86 #291560 #0f0832"),
    mist: hex("#e04fae"),
    ink: hex("#0a0524"),
    cloud: hex("#ff8fc4"),
    dark: true,
  },
};

/** The same palette for land under snow, which takes its colours from the sky. */
export const underSnow = (palette: Palette): Palette => {
  const white = hex("#f4f8fd");
  const [, high = white, low = white] = palette.sky;
  const land = palette.dark
    ? [mix(low, white, 0.1), mix(low, white, 0.2), mix(low, white, 0.36), mix(low, white, 0.52)]
    : [mix(high, white, 0.45), mix(high, white, 0.6), mix(high, white, 0.78), mix(high, white, 0.92)];
  return { ...palette, land, mist: mix(palette.mist, high, 0.5) };
};
