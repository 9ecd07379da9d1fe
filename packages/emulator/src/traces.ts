/** What the journal keeps of a key and of a body in their stead: enough to tell whether two are the same. */
import { createHash } from "node:crypto";
import type { JournalEntry } from "./Journal.ts";

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** Of what an `Authorization` header carries; nothing of one that is no bearer token. */
export const fingerprintOf = (authorization: string): Pick<JournalEntry, "fingerprint"> => {
  const [, token] = /^bearer +(\S.*)$/i.exec(authorization) ?? [];
  return token === undefined ? {} : { fingerprint: sha256(token).slice(0, 16) };
};

/** Clients draw the boundary of a form anew for each attempt. */
export const digestOf = (body: Buffer, contentType = ""): Pick<JournalEntry, "digest"> => {
  if (body.length === 0) return {};
  const [, quoted, plain] = /^multipart\/.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  return { digest: sha256(boundary === undefined ? body : body.toString("latin1").replaceAll(`--${boundary}`, "--")) };
};
