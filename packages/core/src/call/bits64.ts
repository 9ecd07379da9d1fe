/** Identities, drawn from Effect's `Random` so that a seeded run repeats. */

/** Effect's `Random`, as much of it as is needed. */
export interface Chance {
  readonly nextDoubleUnsafe: () => number;
}

/** 64 random bits as 16 hexadecimal digits. */
export const bits64 = (random: Chance): string => bits32(random) + bits32(random);

/** The two digits of each byte: a number's own way to them is ten times as long. */
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const bits32 = (random: Chance): string => {
  const bits = Math.floor(random.nextDoubleUnsafe() * 2 ** 32);
  return digitsOf(bits >>> 24) + digitsOf(bits >>> 16) + digitsOf(bits >>> 8) + digitsOf(bits);
};

/** Of the lowest byte. */
const digitsOf = (bits: number): string => digits[bits & 0xff] ?? "";
