/**
 * Chance that repeats: numbers drawn from a text and a seed, equal on every platform. An emulator with one seed has
 * one history, and a prompt with one seed one picture.
 *
 * A fork is a stream of its own, so that one more star does not move the hills.
 */

/** A stream of numbers that look random and follow from where it was seeded. */
export interface Dice {
  /** The next number, from 0 up to but not including 1. */
  readonly next: () => number;
  /** The next whole number from 0 to 2^32-1. */
  readonly word: () => number;
  /** The next number between the two. */
  readonly between: (low: number, high: number) => number;
  /** True with this probability, which is between 0 and 1. */
  readonly chance: (probability: number) => boolean;
  /** One of the choices; there must be at least one. */
  readonly pick: <T>(choices: readonly [T, ...ReadonlyArray<T>]) => T;
  /** Another stream, which follows from the name and not from what was drawn here so far. */
  readonly fork: (name: string) => Dice;
}

/** The stream that belongs to a text and a whole number from 0 to 2^32-1. */
export const diceOf = (text: string, seed: number): Dice => {
  const next = smallFastCounter(hash(text, 0x811c9dc5), hash(text, 0x9747b28c), seed);
  return {
    next,
    word: () => next() * 0x1_0000_0000,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    fork: (name) => diceOf(`${text}\n${name}`, seed),
  };
};

/** FNV-1a over the text's UTF-16 code units. */
const hash = (text: string, basis: number): number => {
  let state = basis;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    state = Math.imul(state ^ (unit & 0xff), 0x01000193);
    state = Math.imul(state ^ (unit >>> 8), 0x01000193);
  }
  return state ^ (state >>> 15);
};

/** Chris Doty-Humphrey's sfc32: 128 bits of state, of which the last word counts. */
const smallFastCounter = (first: number, second: number, third: number): (() => number) => {
  let a = first | 0;
  let b = second | 0;
  let c = third | 0;
  let counter = 1;
  const next = (): number => {
    const drawn = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return (drawn >>> 0) / 0x1_0000_0000;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
};
