/** What a request is called, here and in everything that is told of it: the caller's own name for it, or a UUID v7. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { holdsKey } from "../keys/KeyText.ts";

/** What a caller may call it: short, and harmless in logs and headers. A key would not be. */
const given = /^[\w.:-]{1,128}$/;

export const requestIdOf = ({ headers }: Pick<IncomingMessage, "headers">): string => {
  const own = headers["x-request-id"];
  return typeof own === "string" && given.test(own) && !holdsKey(own) ? own : uuidV7(Date.now());
};

/** RFC 9562, section 5.7: names of later requests sort later. `now` in Unix milliseconds. */
export const uuidV7 = (now: number): string => {
  const time = now.toString(16).padStart(12, "0");
  // Of a random one, all but the time and the version: Node keeps random bytes for these at hand.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};
