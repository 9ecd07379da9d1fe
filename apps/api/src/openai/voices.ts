/** OpenAI's voices as sentences: a gateway's speech model is told in words how to speak. */

const spoken = (voice: string, manner: string): string =>
  `${voice} ${manner}, with very clear audio and no background noise.`;

const sentences: Readonly<Record<string, string>> = {
  alloy: spoken("A person with an even, neutral voice", "speaks at a moderate speed"),
  ash: spoken("A male speaker with a clear, precise voice", "speaks at a moderate speed"),
  ballad: spoken("A male speaker with a soft, melodic voice", "speaks slowly and expressively"),
  cedar: spoken("A male speaker with a deep, warm voice", "speaks calmly at a moderate speed"),
  coral: spoken("A female speaker with a warm, friendly voice", "speaks in an animated way at a moderate speed"),
  echo: spoken("A male speaker with a warm, resonant voice", "speaks at a moderate speed"),
  fable: spoken("A male speaker with a British accent", "speaks expressively, as if he told a story"),
  marin: spoken("A female speaker with a natural, bright voice", "speaks at a moderate speed"),
  nova: spoken("A female speaker with an energetic, bright voice", "speaks slightly fast"),
  onyx: spoken("A male speaker with a deep, low-pitched voice", "speaks with authority at a moderate speed"),
  sage: spoken("A female speaker with a calm, thoughtful voice", "speaks slowly"),
  shimmer: spoken("A female speaker with a light, high-pitched voice", "speaks gently at a moderate speed"),
  verse: spoken("A male speaker with a versatile, lively voice", "speaks very expressively"),
};

export const voices: ReadonlyArray<string> = Object.keys(sentences);

/** A text of several words describes a voice itself; `undefined` for a name that is none of OpenAI's. */
export const describeVoice = (voice: string): string | undefined => {
  if (/\S\s+\S/.test(voice)) return voice;
  return Object.hasOwn(sentences, voice) ? sentences[voice] : undefined;
};
