/** Counts by a key, of which there are never many: those that come too late are counted together. */
export class Tally<Key extends string> {
  readonly #counts = new Map<Key, number>();
  readonly #most: number;
  readonly #overflow: Key;

  constructor(most: number, overflow: Key) {
    this.#most = most;
    this.#overflow = overflow;
  }

  add(key: Key, count = 1): void {
    const known = this.#counts.get(key);
    if (known !== undefined) this.#counts.set(key, known + count);
    else if (this.#counts.size < this.#most) this.#counts.set(key, count);
    else this.#counts.set(this.#overflow, (this.#counts.get(this.#overflow) ?? 0) + count);
  }

  get entries(): ReadonlyArray<readonly [Key, number]> {
    return [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}
