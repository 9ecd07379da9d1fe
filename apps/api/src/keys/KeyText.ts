/**
 * The text of a caller's key, `slk_<env>_<public id>_<secret><checksum>`: a prefix that scanners find, twelve characters that may
 * be shown, thirty that may not (178 bits), and a CRC-32 of all before it. A mistyped key is known for one without a look-up.
 */
import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

export type KeyEnv = "live" | "test";

/** What may be shown of a key. */
export interface PublicKeyText {
  /** `slk_live_` or `slk_test_`, and twelve characters. */
  readonly id: string;
  readonly env: KeyEnv;
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idLength = 12;
const secretLength = 30;
/** 62 ** 6 is more than 2 ** 32. */
const checksumLength = 6;

const shape = /^(slk_(live|test)_[0-9A-Za-z]{12})_[0-9A-Za-z]{36}$/;

/** A new key. `randomInt` draws again rather than favour some characters. */
export const mintKey = (env: KeyEnv): string => {
  const body = `slk_${env}_${randomText(idLength)}_${randomText(secretLength)}`;
  return body + checksumOf(body);
};

/** `undefined` when it is not the text of a key, or when a character of it is wrong. */
export const readKey = (text: string): PublicKeyText | undefined => {
  const [, id, env] = shape.exec(text) ?? [];
  if (id === undefined || (env !== "live" && env !== "test")) return undefined;
  return checksumOf(text.slice(0, -checksumLength)) === text.slice(-checksumLength) ? { id, env } : undefined;
};

/** Whether a text has a key in it, or the beginning of a key's secret: it must not be shown, even if it is no valid key. */
export const holdsKey = (text: string): boolean => /slk_[a-z]+_[0-9A-Za-z]+_[0-9A-Za-z]/.test(text);

const randomText = (length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");

const checksumOf = (body: string): string => {
  let rest = crc32(body);
  let digits = "";
  for (let place = 0; place < checksumLength; place += 1) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
};
