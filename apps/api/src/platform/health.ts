/** For whoever watches the process, or sends it requests. They need no key, and are answered also under pressure. */
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";
import { inJson } from "../http/describe.ts";

const Health = z.object({ status: z.literal("ok") });
const Unready = z.object({ status: z.enum(["draining", "overloaded"]) });
const ok = { status: "ok" } as const;

/** Why it should be sent no more requests now, if it should not. */
export type Unreadiness = () => z.infer<typeof Unready>["status"] | undefined;

export const healthPaths: ReadonlySet<string> = new Set(["/livez", "/readyz", "/startupz"]);

export const health =
  (unreadiness: Unreadiness): FastifyPluginCallbackZod =>
  (app, _, done) => {
    const open = { tags: ["Health"], security: [] };
    const alive = { response: { 200: inJson("Yes.", Health) } };
    app.get("/livez", { schema: { summary: "The process lives", operationId: "livez", ...open, ...alive } }, () => ok);
    app.get(
      "/startupz",
      { schema: { summary: "It has started", operationId: "startupz", ...open, ...alive } },
      () => ok,
    );
    app.get(
      "/readyz",
      {
        schema: {
          summary: "It takes requests",
          operationId: "readyz",
          ...open,
          response: { 200: inJson("Yes.", Health), 503: inJson("Not now.", Unready) },
        },
      },
      async (_request, reply) => {
        const status = unreadiness();
        await (status === undefined ? reply.send(ok) : reply.code(503).send({ status }));
      },
    );
    done();
  };
