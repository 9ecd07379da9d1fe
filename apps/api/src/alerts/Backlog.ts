/**
 * What waits for one receiver behind that which is under way. There is a limit to it, and an alert that fires often does not
 * push out what is told of the others.
 */

export class Backlog<One extends { readonly name: string }> {
  readonly #most: number;
  #waiting: ReadonlyArray<One> = [];

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Gives what is dropped for it: what waits longest of the same name, else of a name that has more than one. */
  add(one: One): One | undefined {
    const waiting = this.#waiting;
    this.#waiting = [...waiting, one];
    if (waiting.length < this.#most) return undefined;
    const dropped =
      waiting.find(({ name }) => name === one.name) ??
      waiting.find((old) => waiting.some((other) => other !== old && other.name === old.name)) ??
      waiting[0];
    this.#remove(dropped);
    return dropped;
  }

  /** What waits longest of a name, which then waits no more. */
  take(name: string): One | undefined {
    const taken = this.#waiting.find((one) => one.name === name);
    this.#remove(taken);
    return taken;
  }

  clear(): void {
    this.#waiting = [];
  }

  #remove(one: One | undefined): void {
    this.#waiting = this.#waiting.filter((other) => other !== one);
  }
}
