/** What a prompt's words ask to see, and what chance adds where they ask for nothing. */
import type { Dice } from "../dice.ts";
import type { Figure } from "./figures.ts";
import type { Mood } from "./palette.ts";
import { asked, type Subject } from "./vocabulary.ts";

export interface Theme {
  readonly mood: Mood;
  readonly land: "hills" | "mountains" | "dunes" | "city";
  readonly water: boolean;
  readonly wood: "none" | "pine" | "leafy";
  /** Whether it is a forest, with hardly a clearing. */
  readonly dense: boolean;
  /** Whether snow lies on the land. */
  readonly snow: boolean;
  readonly falling: "nothing" | "snow" | "rain";
  readonly aurora: boolean;
  /** How much of the sky is clouded, from 0 to 1. */
  readonly cloudiness: number;
  readonly figure: Figure | "none";
  /** The colour of the animal's coat, as a web page writes it. */
  readonly coat: string;
  readonly birds: boolean;
}

/** The moods that words can ask for; where several are asked for, the first of these prevails. */
const moods = ["neon", "polar", "sunset", "dusk", "dawn", "night", "autumn", "spring", "overcast", "day"] as const;
const figureSubjects = ["cat", "deer", "cabin", "lighthouse", "sailboat", "balloon"] as const;

/** The theme of a picture; `dice` decide what the prompt leaves open. */
export const themeOf = (prompt: string, dice: Dice): Theme => {
  const subjects = asked(prompt);
  const figure = figureOf(subjects);
  const snow = subjects.has("snow");
  const land = landOf(subjects, dice);
  const wet = subjects.has("water") || figure === "sailboat" || land === "city";
  const water = wet || (land !== "dunes" && !subjects.has("forest") && dice.chance(0.35));
  const mood = moodOf(subjects, dice);
  const rain = subjects.has("rain");
  const overcast = rain || mood === "overcast" || subjects.has("clouds");
  return {
    mood,
    land,
    water,
    wood: woodOf(subjects, land, dice),
    dense: subjects.has("forest"),
    snow,
    falling: rain ? "rain" : snow && dice.chance(0.7) ? "snow" : "nothing",
    aurora: mood === "polar",
    cloudiness: overcast ? dice.between(0.6, 0.85) : dice.between(0.15, 0.6),
    figure,
    coat: coatOf(subjects),
    birds: subjects.has("bird") || (figure !== "balloon" && dice.chance(0.4)),
  };
};

const moodOf = (subjects: ReadonlySet<Subject>, dice: Dice): Mood => {
  const mood = moods.find((name) => subjects.has(name));
  if (mood !== undefined && mood !== "day") return mood;
  if (subjects.has("rain")) return "overcast";
  if (subjects.has("desert")) return mood === "day" ? "sand" : dice.pick(["sand", "sand", "sunset"]);
  if (mood !== undefined) return mood;
  if (subjects.has("snow")) return dice.pick(["dawn", "day", "dusk", "night"]);
  return dice.pick(["dawn", "dawn", "day", "sunset", "sunset", "dusk", "night", "autumn", "spring"]);
};

const landOf = (subjects: ReadonlySet<Subject>, dice: Dice): Theme["land"] => {
  if (subjects.has("desert")) return "dunes";
  if (subjects.has("city")) return "city";
  if (subjects.has("mountain")) return "mountains";
  return dice.pick(["hills", "mountains"]);
};

const woodOf = (subjects: ReadonlySet<Subject>, land: Theme["land"], dice: Dice): Theme["wood"] => {
  if (land === "dunes" || land === "city") return "none";
  if (subjects.has("snow")) return "pine";
  if (subjects.has("autumn") || subjects.has("spring")) return dice.pick(["leafy", "leafy", "pine"]);
  if (subjects.has("forest")) return dice.pick(["pine", "pine", "leafy"]);
  return dice.pick(["pine", "leafy", "none"]);
};

const figureOf = (subjects: ReadonlySet<Subject>): Theme["figure"] =>
  subjects.has("fox") || subjects.has("wolf") ? "fox" : (figureSubjects.find((name) => subjects.has(name)) ?? "none");

const coatOf = (subjects: ReadonlySet<Subject>): string => {
  if (subjects.has("fox")) return "#dd6b2c";
  if (subjects.has("wolf")) return "#8b93a1";
  return subjects.has("deer") ? "#a8693c" : "#3a3546";
};
