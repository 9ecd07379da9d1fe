/** Headers that keep browsers from doing with an answer what nobody meant; the page that documents the routes needs more. */
import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** Of data, which are shown by no browser. Worked out once: helmet works them out for each answer. */
const ofData = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Its script and its styles are in it, and it asks this service alone. */
const ofDocs = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", "'unsafe-inline'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:", "blob:"],
    fontSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
};

/** For the routes that come after it. */
export const protect = async (app: FastifyInstance): Promise<void> => {
  app.addHook("onRoute", (route) => {
    if (isDocs(route.url)) route.helmet = { contentSecurityPolicy: ofDocs };
  });
  await app.register(helmet, { global: false, referrerPolicy: { policy: "no-referrer" } });
  app.addHook("onRequest", ({ routeOptions: { url = "" } }, reply, done) => {
    if (!isDocs(url)) reply.headers(ofData);
    done();
  });
};

const isDocs = (url: string): boolean => url.startsWith("/docs");
