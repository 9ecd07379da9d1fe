/** Keys and rings for tests, with clocks that stand still until a test moves them. */
import { hashKey } from "../../src/keys/hashKey.ts";
import { KeySettings } from "../../src/keys/KeySettings.ts";
import { KeyRing } from "../../src/keys/KeyRing.ts";
import { mintKey, readKey } from "../../src/keys/KeyText.ts";

export const dayMs = 24 * 60 * 60 * 1_000;
export const today = Date.parse("2026-11-23");

/** A clock that begins at a time and goes on by hand. */
export const clockFrom = (beginning: number) => {
  let time = beginning;
  const now = (): number => time;
  return { now, pass: (ms: number): void => void (time += ms) };
};

/** What the configuration says of a key's secret. */
export const secretOf = (text: string, created = "2026-11-23") => ({
  id: readKey(text)?.id ?? "",
  hash: hashKey(text),
  created,
});

/** A new key, and its entry. */
export const entryOf = (more: Readonly<Record<string, unknown>> = {}) => {
  const text = mintKey("live");
  return { text, bearer: `Bearer ${text}`, entry: KeySettings.parse({ name: "web", ...secretOf(text), ...more }) };
};

export const ringOf = (...entries: ReadonlyArray<KeySettings>): KeyRing =>
  KeyRing.of(entries, { wall: () => today, monotonic: () => 0 });

/** The messages of a field that is not as it must be: its path, and what is wrong. */
export const mistakesOf = (entry: unknown): ReadonlyArray<string> =>
  (KeySettings.safeParse(entry).error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`.trim());
