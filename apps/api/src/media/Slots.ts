/** So many jobs at once; the others begin in their order. */
export class Slots {
  #free: number;
  readonly #queue: Array<() => void> = [];

  constructor(most: number) {
    this.#free = most;
  }

  async run<A>(job: () => Promise<A>): Promise<A> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((begin) => this.#queue.push(begin));
    try {
      return await job();
    } finally {
      const next = this.#queue.shift();
      // A slot is handed on, so that nobody who comes now is faster.
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
