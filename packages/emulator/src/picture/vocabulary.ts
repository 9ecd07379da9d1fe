/** Which words of a prompt ask for what. */

const words = {
  neon: "neon cyberpunk synthwave vaporwave futuristic cyber psychedelic",
  polar: "aurora borealis polar arctic antarctic northern",
  sunset: "sunset golden fire lava warm orange summer savanna evening",
  dusk: "dusk twilight purple violet magic magical dream dreamy fantasy romantic",
  dawn: "dawn sunrise morning pink pastel soft peaceful calm",
  night: "night midnight moon moonlight moonlit star starry stars space galaxy cosmic dark astronaut owl",
  autumn: "autumn fall october november harvest maple",
  spring: "spring blossom sakura cherry april easter",
  overcast: "fog foggy mist misty overcast grey gray storm stormy gloomy noir",
  day: "day sunny noon blue bright sky midday sun",
  snow: "snow snowy winter ice icy frozen frost christmas ski glacier blizzard cold",
  rain: "rain rainy storm stormy thunderstorm drizzle monsoon",
  clouds: "cloud cloudy overcast",
  water: "sea ocean lake water river beach coast island bay harbour harbor pond fjord ship boat whale fish",
  forest: "forest wood tree pine jungle taiga bear fox deer wolf",
  desert: "desert dune sand sahara camel oasis pyramid cactus",
  city: "city town skyline street skyscraper urban building tokyo york paris london downtown",
  mountain: "mountain alps peak summit everest fuji himalaya valley climber",
  fox: "fox vixen",
  wolf: "wolf dog husky coyote puppy hound",
  cat: "cat kitten kitty",
  deer: "deer stag elk reindeer moose doe",
  bird: "bird eagle gull seagull crow raven goose swallow",
  cabin: "cabin house hut cottage home lodge farm",
  lighthouse: "lighthouse beacon",
  sailboat: "boat sailboat ship yacht sailing sail",
  balloon: "balloon airship zeppelin",
} as const;

export type Subject = keyof typeof words;

const subjectsByWord = new Map<string, Set<Subject>>();
for (const [subject, list] of Object.entries(words) as ReadonlyArray<[Subject, string]>)
  for (const word of list.split(" ")) subjectsByWord.set(word, (subjectsByWord.get(word) ?? new Set()).add(subject));

/** The subjects that a prompt names, in any of their words, singular or plural. */
export const asked = (prompt: string): ReadonlySet<Subject> => {
  const subjects = new Set<Subject>();
  for (const word of prompt.toLowerCase().split(/[^a-z]+/))
    for (const form of [word, word.replace(/s$/, ""), word.replace(/es$/, ""), word.replace(/ves$/, "f")])
      for (const subject of subjectsByWord.get(form) ?? []) subjects.add(subject);
  return subjects;
};
