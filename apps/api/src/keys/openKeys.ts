/** The keys in effect: those of the configuration until it is read again. Their age is told each day, against the 90-day rule. */
import type { FastifyBaseLogger } from "fastify";
import { KeyRing } from "./KeyRing.ts";
import type { KeySettings } from "./KeySettings.ts";

export interface Keys {
  /** Of now; it is another one after `replace`. */
  readonly ring: KeyRing;
  readonly replace: (entries: ReadonlyArray<KeySettings>) => void;
  readonly close: () => void;
}

const dayMs = 86_400_000;

export const openKeys = (entries: ReadonlyArray<KeySettings>, log: Pick<FastifyBaseLogger, "warn" | "info">): Keys => {
  let ring = KeyRing.of(entries);
  const warn = (): void => {
    for (const { name, id, days, state, isCurrent } of ring.due(Date.now())) {
      // The one before a rotation has been replaced.
      if (!isCurrent) continue;
      const rest = state === "overdue" ? "is 90 days old or older" : "will soon be 90 days old";
      log.warn({ key: name, id, days }, `the key ${rest}: replace it, with the old one as \`previous\` for a while`);
    }
  };
  warn();
  const daily = setInterval(warn, dayMs).unref();
  return {
    get ring() {
      return ring;
    },
    replace: (next) => {
      ring = KeyRing.of(next, undefined, ring);
      log.info({ keys: ring.keys.map(({ name }) => name) }, "keys were read again");
      warn();
    },
    close: () => {
      clearInterval(daily);
    },
  };
};
