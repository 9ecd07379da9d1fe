/** Time that stands still until a test moves it. */

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export const makeClock = (start = Date.UTC(2026, 10, 23, 12)) => {
  let now = start;
  const sleepers = new Set<Sleeper>();
  const waits: Array<number> = [];
  const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const done = (settle: () => void) => () => {
        sleepers.delete(sleeper);
        settle();
      };
      const sleeper = { until: now + ms, wake: done(resolve) };
      signal.addEventListener(
        "abort",
        done(() => {
          reject(new Error("woken"));
        }),
      );
      waits.push(ms);
      sleepers.add(sleeper);
    });
  /** Goes on to when the first of the sleepers wakes. */
  const next = () => {
    const [first] = [...sleepers].toSorted((one, other) => one.until - other.until);
    if (first === undefined) throw new Error("nobody sleeps");
    now = Math.max(now, first.until);
    first.wake();
  };
  return { now: () => now, sleep, next, waits, sleepers };
};
