/** For whoever watches the process. While it drains, Fastify answers 503 on every route, these included. */
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";

const Health = z.object({ status: z.literal("ok") });
const ok = { status: "ok" } as const;

export const health: FastifyPluginCallbackZod = (app, _, done) => {
  app.get("/livez", { schema: { summary: "The process lives", response: { 200: Health } } }, () => ok);
  app.get("/readyz", { schema: { summary: "The service takes requests", response: { 200: Health } } }, () => ok);
  done();
};
