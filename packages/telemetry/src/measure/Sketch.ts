/**
 * Durations, as a histogram that merges: how many there were, their sum, and every quantile to within 1 %. Merged sketches
 * are exactly the sketch of all the values, in whatever order they come.
 *
 * Milliseconds, kept as whole microseconds. Memory is 256 bytes for each octave between the least value and the greatest,
 * 10 KB at most (twice that beyond 4 billion values). docs/decisions/latency-sketches.md says why it is none of the others.
 */
import { binCount, binOf, binsPerOctave, longestUs, middleOf } from "./SketchBins.ts";

/** A sketch as JSON. Times are in microseconds. */
export interface SketchData {
  readonly count: number;
  readonly sumUs: number;
  /** 0 when there are no values, as is `maxUs`. */
  readonly minUs: number;
  readonly maxUs: number;
  /** Index and count of each bin that has any, by index: index, count, index, count. */
  readonly bins: ReadonlyArray<number>;
}

/** Up to this many values, no bin can have more than 32 bits hold. */
const narrow = 2 ** 32 - 1;

export class Sketch {
  /** The index of a bin is less. */
  static readonly binCount = binCount;

  #count = 0;
  #sumUs = 0;
  #minUs = Infinity;
  #maxUs = 0;
  /** Of the bins from `#first` up. */
  #counts: Uint32Array | Float64Array = new Uint32Array(0);
  #first = 0;

  /** Trusts the data: the sketch that `toData` was asked of. */
  static of({ count, sumUs, minUs, maxUs, bins }: SketchData): Sketch {
    const sketch = new Sketch();
    if (count === 0) return sketch;
    sketch.#count = count;
    sketch.#sumUs = sumUs;
    sketch.#minUs = minUs;
    sketch.#maxUs = maxUs;
    sketch.#reach(binOf(minUs), binOf(maxUs));
    for (let at = 0; at < bins.length; at += 2) {
      sketch.#counts[(bins[at] ?? 0) - sketch.#first] = bins[at + 1] ?? 0;
    }
    return sketch;
  }

  /** Whether the least value is in the first of the bins and the greatest in the last, as in what `toData` gives. */
  static spans(bins: ReadonlyArray<number>, minUs: number, maxUs: number): boolean {
    return bins[0] === binOf(minUs) && bins.at(-2) === binOf(maxUs);
  }

  get count(): number {
    return this.#count;
  }

  /** Exact up to 285 years. */
  get sumMs(): number {
    return this.#sumUs / 1_000;
  }

  /** Exact; absent when there are no values. */
  get minMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#minUs / 1_000;
  }

  /** Exact; absent when there are no values. */
  get maxMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#maxUs / 1_000;
  }

  /** A negative duration counts as 0: a clock was set back. One that is not finite is none, and does not count. */
  record(ms: number): void {
    if (!Number.isFinite(ms)) return;
    const us = Math.min(Math.max(Math.round(ms * 1_000), 0), longestUs);
    const bin = binOf(us);
    this.#count += 1;
    this.#sumUs += us;
    if (us < this.#minUs) this.#minUs = us;
    if (us > this.#maxUs) this.#maxUs = us;
    let place = bin - this.#first;
    if (place < 0 || place >= this.#counts.length || this.#count === narrow + 1) {
      this.#reach(bin, bin);
      place = bin - this.#first;
    }
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** The least value that a share `q` of the values does not exceed: by rank, to within 1 %. 0 is the least, 1 the greatest. */
  quantile(q: number): number | undefined {
    if (this.#count === 0) return undefined;
    // 0.07 × 100 is a little more than 7.
    const rank = Math.ceil(q * this.#count * (1 - 2 * Number.EPSILON));
    if (rank <= 1) return this.#minUs / 1_000;
    if (rank >= this.#count) return this.#maxUs / 1_000;
    let [place, seen] = [0, this.#counts[0] ?? 0];
    while (seen < rank && place < this.#counts.length) seen += this.#counts[(place += 1)] ?? 0;
    return Math.min(Math.max(middleOf(this.#first + place), this.#minUs), this.#maxUs) / 1_000;
  }

  /**
   * How many values are at most `ms`. Exact where a bin ends: at 10 ms × 2^k, and at those 64th parts between that are whole
   * microseconds. Elsewhere a bin counts as a whole, so that values up to 1.6 % greater may be among them.
   */
  atMost(ms: number): number {
    const us = Math.round(ms * 1_000);
    if (us >= this.#maxUs) return this.#count;
    if (!(us >= this.#minUs)) return 0;
    const last = binOf(us) - this.#first;
    let seen = 0;
    for (let place = 0; place <= last; place += 1) seen += this.#counts[place] ?? 0;
    return seen;
  }

  /** Adds the values of another. */
  merge(other: Sketch): void {
    if (other.#count === 0) return;
    this.#count += other.#count;
    this.#sumUs += other.#sumUs;
    this.#minUs = Math.min(this.#minUs, other.#minUs);
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs);
    this.#reach(binOf(this.#minUs), binOf(this.#maxUs));
    const offset = other.#first - this.#first;
    for (let place = 0; place < other.#counts.length; place += 1) {
      this.#counts[place + offset] = (this.#counts[place + offset] ?? 0) + (other.#counts[place] ?? 0);
    }
  }

  toData(): SketchData {
    const bins: Array<number> = [];
    this.#counts.forEach((count, place) => {
      if (count > 0) bins.push(this.#first + place, count);
    });
    const minUs = this.#count === 0 ? 0 : this.#minUs;
    return { count: this.#count, sumUs: this.#sumUs, minUs, maxUs: this.#maxUs, bins };
  }

  /** Makes room for the bins from one to another, by whole octaves. */
  #reach(from: number, to: number): void {
    const before = this.#counts;
    const empty = before.length === 0;
    const first = from - (from % binsPerOctave);
    const end = to - (to % binsPerOctave) + binsPerOctave;
    const low = empty ? first : Math.min(first, this.#first);
    const high = empty ? end : Math.max(end, this.#first + before.length);
    const wide = this.#count > narrow;
    if (high - low === before.length && wide === before instanceof Float64Array) return;
    this.#counts = wide ? new Float64Array(high - low) : new Uint32Array(high - low);
    this.#counts.set(before, empty ? 0 : this.#first - low);
    this.#first = low;
  }
}
