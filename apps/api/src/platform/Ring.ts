/** The last so many of something, in the order in which they came. */
export class Ring<One> {
  readonly #most: number;
  readonly #kept: Array<One> = [];
  #next = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(one: One): void {
    this.#kept[this.#next] = one;
    this.#next = (this.#next + 1) % this.#most;
  }

  /** The oldest first. */
  list(): ReadonlyArray<One> {
    return [...this.#kept.slice(this.#next), ...this.#kept.slice(0, this.#next)];
  }
}
