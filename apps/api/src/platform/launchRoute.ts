/** `GET /sluice/v1/launch`: the report of a launch, as JSON or as Markdown. Whether it is ready is in the report, not in the status. */
import { InvalidRequest } from "@sluice/errors";
import { LaunchReport, type Threshold, thresholds } from "@sluice/readiness/report";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";
import { problems } from "../http/describe.ts";
import { prefersMarkdown } from "./prefersMarkdown.ts";
import type { ReviewLaunch } from "./reviewLaunch.ts";

const Asked = z.object({
  only: z
    .array(z.string())
    .describe("Ids and groups of checks, such as `A3` and `cost`; one may be several, with commas between them.")
    .optional(),
  failOn: z
    .enum(thresholds)
    .default("manual")
    .describe("The least that keeps the launch back: only what fails, also what nobody looked at, or warnings too."),
});

export const launchRoute =
  (review: ReviewLaunch): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.get(
      "/sluice/v1/launch",
      {
        schema: {
          summary: "Whether this service may launch, by the production checklist",
          description:
            "What the running service can tell of itself. It asks nobody, and spends nothing. `sluice launch check` looks at an application's folder.",
          operationId: "getLaunch",
          tags: ["Operator"],
          querystring: Asked,
          response: {
            200: {
              description: "The report; `ready` is the answer.",
              content: {
                "application/json": { schema: LaunchReport },
                "text/markdown": { schema: z.string() },
              },
            },
            ...problems,
          },
        },
      },
      async ({ query, headers: { accept } }, reply) => {
        const report = await review({ only: onlyIn(query), failOn: failOnIn(query) });
        reply.headers({ "cache-control": "no-store", vary: "accept" });
        if (prefersMarkdown(accept)) {
          const { markdownOf } = await import("@sluice/readiness");
          return reply.type("text/markdown; charset=utf-8").serializer(String).send(markdownOf(report));
        }
        return reply.type("application/json; charset=utf-8").serializer(JSON.stringify).send(report);
      },
    );
    done();
  };

const onlyIn = (query: unknown): ReadonlyArray<string> | undefined => {
  const { only } = query as { readonly only?: string | ReadonlyArray<string> };
  return only === undefined ? undefined : [only].flat().flatMap((one) => one.split(","));
};

const failOnIn = (query: unknown): Threshold | undefined => {
  const { failOn } = query as { readonly failOn?: unknown };
  const known = thresholds.find((one) => one === failOn);
  if (failOn === undefined || known !== undefined) return known;
  const message = `must be one of ${thresholds.join(", ")}`;
  const fields = [{ path: "failOn", message, fix: "Leave it out for manual." }];
  throw new InvalidRequest({ gateway: "This service", pipeline: "launch", status: null, fields });
};
