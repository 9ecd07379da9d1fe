/**
 * While there are no keys, the service listens on loopback only. A web page can still reach it there, by a name of its own
 * that it rebinds to this machine; what tells it apart is the name in the Host header.
 */
import type { FastifyInstance } from "fastify";
import { Refusal } from "../http/Refusal.ts";
import { isLoopback } from "../settings/isLoopback.ts";

/** `applies`: whether there are no keys now; a service that others reach by its name has some. */
export const refuseOtherHosts = (app: FastifyInstance, applies: () => boolean = () => true): void => {
  // Not `request.hostname`: behind a trusted proxy it is a header that a page may set.
  app.addHook("onRequest", ({ raw }, _reply, done) => {
    done(!applies() || isLoopback(hostIn(raw.headers.host)) ? undefined : otherHost());
  });
};

const otherHost = (): Refusal =>
  new Refusal("http", "The host must be a name of this machine, because no key is asked for here.", {
    fix: "Use http://localhost or http://127.0.0.1; for other names, configure keys.",
  });

/** The name in a Host header, in lower case and without the port. */
export const hostIn = (header = ""): string => header.toLowerCase().replace(/:\d+$/, "");
