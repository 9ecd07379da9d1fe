/**
 * What is kept of a key. A plain SHA-256 is enough: slow hashes and salts protect secrets that can be guessed, and nobody
 * guesses 178 random bits.
 */
import { hash } from "node:crypto";

/** Of the whole text, as it stands in the configuration: `sha256:` and 64 hex digits. */
export const hashKey = (text: string): string => `sha256:${hash("sha256", text, "hex")}`;

/** The bytes of a written hash, to compare: Node makes the hex digits four times as fast as a buffer of the hash. */
export const bytesOfHash = (written: string): Uint8Array => Buffer.from(written, "latin1");
