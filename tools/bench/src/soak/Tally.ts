/** How requests ended, by their kinds. */

/**
 * `broken`: neither a whole answer nor a refusal came. `left`: the caller hung up on purpose. `wrong`: what must be refused
 * was not.
 */
export type End = "2xx" | "4xx" | "5xx" | "broken" | "left" | "wrong";

export interface Ended {
  readonly end: End;
  /** Of a refusal: Sluice's code; of what broke, why. */
  readonly code?: string;
}

/** A fault of the service itself. */
const own = "SLUICE-500-INTERNAL";

export class Tally {
  readonly #ends = new Map<string, Map<End, number>>();
  readonly #codes = new Map<string, number>();

  add(kind: string, { end, code }: Ended): void {
    const ends = this.#ends.get(kind) ?? new Map<End, number>();
    this.#ends.set(kind, ends.set(end, (ends.get(end) ?? 0) + 1));
    if (code !== undefined) this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
  }

  /** By kind, and by code. */
  get counts(): Readonly<Record<"ends" | "codes", Readonly<Record<string, unknown>>>> {
    const ends = [...this.#ends].map(([kind, counted]) => [kind, Object.fromEntries(counted)] as const);
    return { ends: Object.fromEntries(ends), codes: Object.fromEntries(this.#codes) };
  }

  get total(): number {
    return [...this.#ends.values()].flatMap((ends) => [...ends.values()]).reduce((sum, count) => sum + count, 0);
  }

  /** A sentence for each thing that must not happen and has. */
  get complaints(): ReadonlyArray<string> {
    const sum = (end: End): number => [...this.#ends.values()].reduce((all, ends) => all + (ends.get(end) ?? 0), 0);
    const faults = this.#codes.get(own) ?? 0;
    return [
      ...(this.total === 0 ? ["no request was sent"] : []),
      ...(sum("broken") === 0 ? [] : [`${sum("broken")} requests had no whole answer`]),
      ...(sum("wrong") === 0 ? [] : [`${sum("wrong")} invalid requests were not refused with a 4xx`]),
      ...(faults === 0 ? [] : [`${faults} answers were faults of the service itself (${own})`]),
    ];
  }
}
