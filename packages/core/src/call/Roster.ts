/**
 * Those that are there, where many come and go. Not a `Set`: that leaves a trail of outgrown tables, each of which keeps
 * what was in it, and the next, from being freed by the quick collection of what is young. At 50 calls at once that made
 * a collection ten times as long.
 */

/** Who can be on one roster at a time; its place there is the roster's own affair. */
export class Member {
  place = -1;
}

export class Roster<Item extends Member> implements Iterable<Item> {
  readonly #members: Array<Item> = [];

  get size(): number {
    return this.#members.length;
  }

  add(member: Item): void {
    member.place = this.#members.push(member) - 1;
  }

  /** Gives back whether it was there. */
  delete(member: Item): boolean {
    const { place } = member;
    if (place === -1) return false;
    member.place = -1;
    const last = this.#members.pop();
    if (last === undefined || last === member) return true;
    this.#members[place] = last;
    last.place = place;
    return true;
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#members.values();
  }
}
