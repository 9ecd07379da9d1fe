import { describe, expect, it } from "vitest";
import { diceOf } from "../../src/dice.ts";
import { themeOf, type Theme } from "../../src/picture/theme.ts";

const seeds = [0, 1, 2, 3, 4, 5, 6, 7];

describe("themeOf", () => {
  it.each<[string, Partial<Theme>]>([
    ["A red FOX in fresh snow", { figure: "fox", coat: "#dd6b2c", snow: true, wood: "pine" }],
    ["wolves howling at the moon", { figure: "fox", coat: "#8b93a1", mood: "night" }],
    ["camels crossing the dunes at noon", { land: "dunes", mood: "sand", water: false, wood: "none" }],
    ["autumn sunset over a lake", { mood: "sunset", water: true }],
    ["rainy day in Tokyo", { mood: "overcast", falling: "rain", land: "city", water: true }],
    ["aurora borealis", { mood: "polar", aurora: true }],
    ["a small boat", { figure: "sailboat", water: true }],
  ])("hears what is asked for, whatever the seed: %s", (prompt, asked) => {
    for (const seed of seeds) expect(themeOf(prompt, diceOf(prompt, seed))).toMatchObject(asked);
  });

  it("lets the seed choose where the prompt asks for nothing", () => {
    const moods = seeds.map((seed) => themeOf("bicycle", diceOf("bicycle", seed)).mood);
    expect(new Set(moods).size).toBeGreaterThan(2);
  });
});
