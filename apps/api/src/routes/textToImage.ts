/** `POST /text-to-image`, as a Livepeer gateway answers it; image URLs are absolute. */
import { TextToImage } from "@sluice/models";
import * as Cause from "effect/Cause";
import * as Exit from "effect/Exit";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import { Problem, problemType } from "../problem.ts";
import type { Upstream } from "../Upstream.ts";

const problem = { description: "An RFC 9457 problem.", content: { [problemType]: { schema: Problem } } };

export const textToImage =
  (upstream: Upstream): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.post(
      TextToImage.path,
      {
        schema: {
          summary: "Draw images from a prompt",
          operationId: "genTextToImage",
          body: TextToImage.input,
          response: { 200: TextToImage.output, "4xx": problem, "5xx": problem },
        },
      },
      async (request, reply) => {
        const gone = new AbortController();
        reply.raw.once("close", () => {
          if (!reply.raw.writableFinished) gone.abort();
        });
        const exit = await upstream.textToImage(request.body, gone.signal);
        if (Exit.isSuccess(exit)) return { images: exit.value.images.map((image) => ({ ...image })) };
        // The caller has gone: nobody reads what would be sent.
        if (Cause.hasInterruptsOnly(exit.cause)) return reply.hijack();
        throw Cause.squash(exit.cause);
      },
    );
    done();
  };
