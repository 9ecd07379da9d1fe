/** What a key is called where it must not be shown: enough to tell two apart, too little to find one. */
import * as Redacted from "effect/Redacted";
import { createHash } from "node:crypto";

export const fingerprintOf = (key: Redacted.Redacted): string =>
  `sha256:${createHash("sha256").update(Redacted.value(key)).digest("hex").slice(0, 8)}`;
