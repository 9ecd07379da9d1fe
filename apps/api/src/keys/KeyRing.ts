/**
 * The keys that callers may use. Finding one costs a checksum and a SHA-256, and takes as long for an id that is unknown as
 * for a secret that is wrong.
 */
import { timingSafeEqual } from "node:crypto";
import { bytesOfHash, hashKey } from "./hashKey.ts";
import { Key } from "./Key.ts";
import { ageOf, type DueSecret, dueOf, type SecretAge } from "./keyAge.ts";
import type { KeySettings } from "./KeySettings.ts";
import { readKey } from "./KeyText.ts";
import { Limiter, type Limits } from "./Limiter.ts";

/** What `find` gives. */
export type { Key } from "./Key.ts";

/** Why there is no key. */
export type Unfound = "missing" | "scheme" | "malformed" | "unknown" | "expired";

export interface Clocks {
  /** Milliseconds since 1970, for dates. */
  readonly wall: () => number;
  /** Milliseconds that never go back, for limits. */
  readonly monotonic: () => number;
}

export const systemClocks: Clocks = { wall: () => Date.now(), monotonic: () => performance.now() };

interface Secret {
  readonly key: Key;
  readonly hash: Uint8Array;
  readonly id: string;
  readonly createdMs: number;
  /** Infinity: never. */
  readonly expiresMs: number;
  readonly isCurrent: boolean;
}

/** What a key of an unknown id is compared with. */
const nobody = bytesOfHash(`sha256:${"0".repeat(64)}`);

export class KeyRing {
  readonly #secrets: ReadonlyMap<string, Secret>;
  readonly #keys: ReadonlyMap<string, Key>;
  readonly #origins: ReadonlySet<string>;
  readonly #clocks: Clocks;

  private constructor(keys: ReadonlyArray<Key>, secrets: ReadonlyArray<Secret>, clocks: Clocks) {
    this.#keys = new Map(keys.map((key) => [key.name, key]));
    this.#secrets = new Map(secrets.map((secret) => [secret.id, secret]));
    this.#origins = new Set(keys.flatMap(({ origins }) => [...origins]));
    this.#clocks = clocks;
  }

  /**
   * Of entries that `checkKeys` found nothing in. A key of `previous` with the same name and the same limits goes on with its
   * limiter: a reload must not give anybody a new allowance.
   */
  static of(entries: ReadonlyArray<KeySettings>, clocks: Clocks = systemClocks, previous?: KeyRing): KeyRing {
    const limiters = new Map((previous?.keys ?? []).map(({ name, limiter }) => [name, limiter]));
    const made = entries.map((entry) => {
      const before = limiters.get(entry.name);
      const limiter =
        before !== undefined && isSame(before.limits, entry.limits)
          ? before
          : new Limiter(entry.limits, clocks.monotonic);
      const key = new Key(entry, limiter);
      return { key, secrets: secretsOf(entry, key) };
    });
    return new KeyRing(
      made.map(({ key }) => key),
      made.flatMap(({ secrets }) => secrets),
      clocks,
    );
  }

  get isEmpty(): boolean {
    return this.#keys.size === 0;
  }

  /** In the order of the configuration. */
  get keys(): ReadonlyArray<Key> {
    return [...this.#keys.values()];
  }

  /** `authorization`: the header as it came. That a key has expired is told to its holder alone. */
  find(authorization: string | undefined): Key | Unfound {
    if (authorization === undefined || authorization.trim() === "") return "missing";
    if (authorization.slice(0, 7).toLowerCase() !== "bearer ") return "scheme";
    const text = authorization.slice(7).trim();
    const id = readKey(text)?.id;
    if (id === undefined) return "malformed";
    const secret = this.#secrets.get(id);
    const isEqual = timingSafeEqual(bytesOfHash(hashKey(text)), secret?.hash ?? nobody);
    if (secret === undefined || !isEqual) return "unknown";
    return secret.expiresMs <= this.#clocks.wall() ? "expired" : secret.key;
  }

  /** Whether any key may be used from pages of it: a preflight does not say whose key will follow. */
  allowsOrigin(origin: string): boolean {
    return this.#origins.has(origin);
  }

  /** Of each secret that still opens, how old it is. `now`: milliseconds since 1970. */
  ages(now: number): ReadonlyArray<SecretAge> {
    return [...this.#secrets.values()]
      .filter(({ expiresMs }) => expiresMs > now)
      .map((secret) => ageOf({ name: secret.key.name, ...secret }, now));
  }

  /** Those of them that are to be replaced. */
  due(now: number): ReadonlyArray<DueSecret> {
    return dueOf(this.ages(now));
  }
}

const secretsOf = (entry: KeySettings, key: Key): ReadonlyArray<Secret> => {
  const { previous } = entry;
  return [secretOf(entry, key, true), ...(previous === undefined ? [] : [secretOf(previous, key, false)])];
};

const secretOf = (
  { id, hash, created, expires }: Pick<KeySettings, "id" | "hash" | "created" | "expires">,
  key: Key,
  isCurrent: boolean,
): Secret => ({
  key,
  hash: bytesOfHash(hash),
  id,
  createdMs: created.getTime(),
  expiresMs: expires?.getTime() ?? Infinity,
  isCurrent,
});

const isSame = (one: Limits, other: Limits): boolean =>
  one.requestsPerMinute === other.requestsPerMinute &&
  one.concurrency === other.concurrency &&
  one.megapixelsPerMinute === other.megapixelsPerMinute;
