/** A secret's fingerprint: enough to tell two apart, and to recognise one that is known. Too little to guess one from. */
import { createHash } from "node:crypto";

const shownDigits = 12;

export const fingerprintOf = (secret: string): string =>
  `sha256:${createHash("sha256").update(secret).digest("hex").slice(0, shownDigits)}`;
