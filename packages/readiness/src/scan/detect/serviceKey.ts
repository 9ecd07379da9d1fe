/** Sluice's own keys, which a service gives to its callers: they have a prefix and a checksum, so nothing else is one. */
import { crc32 } from "node:zlib";
import type { Detector } from "../Match.ts";

const shape = /slk_(live|test)_[0-9A-Za-z]{12}_[0-9A-Za-z]{36}(?![0-9A-Za-z])/g;

export const detectServiceKeys: Detector = (text) =>
  Array.from(text.matchAll(shape)).flatMap(({ 0: key, 1: env, index }) =>
    isWhole(key)
      ? [
          {
            kind: "service-key",
            severity: env === "live" ? "critical" : "high",
            what: `a ${env} key of a Sluice service`,
            ...{ start: index, end: index + key.length, secret: key },
          },
        ]
      : [],
  );

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const checksumLength = 6;

/** The service's own check (`KeyText` in apps/api, which the command line does not load): the end is the rest's CRC-32. */
const isWhole = (key: string): boolean => {
  let rest = crc32(key.slice(0, -checksumLength));
  let digits = "";
  for (let place = 0; place < checksumLength; place += 1) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return key.endsWith(digits);
};
