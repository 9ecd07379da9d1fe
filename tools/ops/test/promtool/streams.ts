/** Random traffic of several kinds, from a seed: how many attempts end well and badly in each minute, at one gateway. */

export interface Minute {
  readonly events: number;
  readonly bad: number;
}

/** A number from 0 to 1, not included, at each call; the same ones for the same seed (mulberry32). */
export const chance = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** What happens in a minute, by its number. */
type Kind = (minute: number) => Minute;

/** `limits`: the shares near which it is interesting to be. */
export const kinds: Readonly<Record<string, (next: () => number, limits: ReadonlyArray<number>) => Kind>> = {
  steady: (next, limits) => {
    const [rate, share] = [1 + whole(next, 30), pick(next, limits) * 2 * next()];
    return () => drawn(next, rate, share);
  },
  spikes: (next) => {
    const [rate, often] = [1 + whole(next, 20), 0.02 + 0.2 * next()];
    return () => drawn(next, rate, next() < often ? 1 : 0);
  },
  outages: (next) => {
    const [rate, every, long] = [1 + whole(next, 10), 20 + whole(next, 60), 1 + whole(next, 30)];
    return (minute) => drawn(next, rate, minute % every >= every - long ? 0.9 : 0.002);
  },
  "low traffic": (next) => {
    const [often, share] = [0.6 * next(), next()];
    return () => (next() < often ? drawn(next, 1, share) : nothing);
  },
  "on and off": (next) => {
    const [rate, share, long] = [1 + whole(next, 15), next(), 2 + whole(next, 20)];
    return (minute) => (Math.floor(minute / long) % 2 === 0 ? drawn(next, rate, share) : nothing);
  },
  // Not drawn: so many bad ones that the share of a window is at the limit, or an event beside it.
  "at the limit": (next, limits) => {
    const [limit, from] = [pick(next, limits), whole(next, 100)];
    let [events, bad] = [0, 0];
    return (minute) => {
      const more = minute < from ? 2 : 20;
      events += more;
      const due = Math.max(0, Math.min(more, Math.round(events * limit + next() - 0.5) - bad));
      bad += due;
      return { events: more, bad: due };
    };
  },
};

export const streamOf = (kind: string, minutes: number, seed: number, limits: ReadonlyArray<number>): Array<Minute> => {
  const of = kinds[kind]?.(chance(seed), limits);
  if (of === undefined) throw new Error(`no kind ${kind}`);
  return Array.from({ length: minutes }, (_, minute) => of(minute));
};

const nothing: Minute = { events: 0, bad: 0 };

const whole = (next: () => number, below: number): number => Math.floor(next() * below);

const pick = <One>(next: () => number, of: ReadonlyArray<One>): One => of[whole(next, of.length)] as One;

const drawn = (next: () => number, events: number, share: number): Minute => ({
  events,
  bad: Array.from({ length: events }, next).filter((at) => at < share).length,
});
