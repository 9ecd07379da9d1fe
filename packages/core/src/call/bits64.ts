/** Identities, drawn from Effect's `Random` so that a seeded run repeats. */

/** Effect's `Random`, as much of it as is needed. */
export interface Chance {
  readonly nextDoubleUnsafe: () => number;
}

/** 64 random bits as 16 hexadecimal digits. */
export const bits64 = (random: Chance): string => bits32(random) + bits32(random);

const bits32 = (random: Chance): string =>
  (2 ** 32 + Math.floor(random.nextDoubleUnsafe() * 2 ** 32)).toString(16).slice(1);
