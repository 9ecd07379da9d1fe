/**
 * The bins of a latency sketch, in whole microseconds: 64 of one width in each octave, and the octaves end at 10 ms × 2^k,
 * as Prometheus buckets and OpenTelemetry's bounds of a call's duration do.
 *
 * A bin includes its upper edge and not its lower one, so that a count up to an edge is exact. A bin is at most 1/64 of its
 * least value wide, and its middle at most 1/128 off, which is 0.8 %. Bin 0 has 0 alone.
 */

/** Longer ones count as this: 2.9 hours. No call lasts as long, and it bounds the bins. */
export const longestUs = 10_000 * 2 ** 20;

export const binsPerOctave = 64;

/** An octave begins at 10 ms / 2^16, which is below half a microsecond. */
const lowest = 2 ** -16;

/** A double's own bits are its octave and its place there: no logarithm, and the same answer on every machine. */
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const high = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
/** Of the high word's 20 bits of fraction, 6 tell the place. */
const shift = 14;

const stepOf = (value: number): number => {
  double[0] = value;
  return (words[high] ?? 0) >>> shift;
};

const lowestStep = stepOf(lowest);

/** `us`: whole, and from 0 to `longestUs`. Half a microsecond less keeps a value that is an upper edge below it. */
export const binOf = (us: number): number => stepOf(Math.max((us - 0.5) / 10_000, lowest)) - lowestStep;

export const binCount = binOf(longestUs) + 1;

/** What stands for the values of a bin, in microseconds. */
export const middleOf = (bin: number): number => {
  if (bin === 0) return 0;
  const place = bin % binsPerOctave;
  const octave = (bin - place) / binsPerOctave;
  return 10_000 * lowest * 2 ** octave * (1 + (place + 0.5) / binsPerOctave) + 0.5;
};
