/** What `sluice-api key new` prints: a new key, which is shown this once, and what the configuration says of it. */
import { stringify, TomlDate } from "smol-toml";
import { hashKey } from "./hashKey.ts";
import { keyName } from "./KeySettings.ts";
import { type KeyEnv, mintKey, readKey } from "./KeyText.ts";

export interface NewKey {
  /** For the caller alone. */
  readonly key: string;
  /** For the configuration: it opens nothing. */
  readonly toml: string;
  /** Both, in one line for a script. `SLUICE_KEYS` takes a list of these without `key`. */
  readonly json: string;
}

export interface NewKeyOptions {
  /** Absent: one is made from the public part. */
  readonly name?: string | undefined;
  readonly env?: KeyEnv;
  /** For `created`; absent: today. */
  readonly now?: Date;
}

/** Throws an error with a sentence when the name is none. */
export const newKey = ({ name, env = "live", now = new Date() }: NewKeyOptions = {}): NewKey => {
  const key = mintKey(env);
  const id = readKey(key)?.id ?? "";
  const parsed = keyName.safeParse(name ?? `key-${id.slice(-6)}`);
  if (!parsed.success) throw new Error(`--name ${parsed.error.issues[0]?.message ?? "is wrong"}.`);
  const created = now.toISOString().slice(0, 10);
  const entry = { name: parsed.data, id, hash: hashKey(key) };
  return {
    key,
    toml: stringify({ keys: [{ ...entry, created: new TomlDate(created) }] }),
    json: JSON.stringify({ key, ...entry, created }),
  };
};
