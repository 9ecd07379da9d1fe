/** What is to be done when an answer has gone, or its caller: many things wait for it, and one listener is enough for all. */

/** A response, or what stands in for one. */
export interface Closing {
  readonly once: (event: "close", then: () => void) => unknown;
}

const waiting = new WeakMap<Closing, Array<() => void>>();

/** In the order in which they were asked for. They must not throw. Of what has closed already, nothing is done. */
export const afterwards = (raw: Closing, then: () => void): void => {
  const known = waiting.get(raw);
  if (known !== undefined) {
    known.push(then);
    return;
  }
  const all = [then];
  waiting.set(raw, all);
  raw.once("close", () => {
    for (const one of all) one();
  });
};
