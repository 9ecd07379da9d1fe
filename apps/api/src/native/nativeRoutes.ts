/** The ten pipelines as a Livepeer gateway offers them, so that what was written for one works here unchanged. */
import type { CallInput } from "@sluice/core/effect";
import { InvalidRequest } from "@sluice/errors";
import { type PipelineName, pipelineNames, pipelines } from "@sluice/models";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";
import type { Calls, Exchange } from "../calls/Calls.ts";
import type { Form } from "../http/Form.ts";
import { problems } from "../http/describe.ts";
import { Refusal } from "../http/Refusal.ts";
import { formReader } from "./formInput.ts";
import { streamChat } from "./streamChat.ts";
import { wireAnswer } from "./wireAnswer.ts";

export interface NativePorts {
  readonly calls: Calls;
  readonly gateway: string;
  readonly receiveForm: (exchange: Exchange) => Promise<Form>;
}

export const nativeRoutes =
  ({ calls, gateway, receiveForm }: NativePorts): FastifyPluginCallbackZod =>
  (app, _, done) => {
    for (const name of pipelineNames) {
      const { path, wire, input } = pipelines[name];
      const readForm = formReader(name, gateway);
      const readBody = (request: FastifyRequest): object => {
        if (request.isMultipart()) throw new Refusal("media", "The body must be application/json.");
        return objectIn(request.body, name, gateway);
      };
      app.post(
        path,
        {
          schema: {
            summary: summaries[name],
            operationId: operationOf(name),
            tags: ["Livepeer"],
            consumes: [wire === "json" ? "application/json" : "multipart/form-data"],
            body: input as z.ZodType,
            response: { 200: answers(name), ...problems },
          },
        },
        async (request, reply) => {
          const exchange = { request, reply };
          const given = wire === "json" ? readBody(request) : readForm(await receiveForm(exchange));
          if (name === "llm" && (given as { readonly stream?: unknown }).stream === true) {
            return streamChat(calls, exchange, given as CallInput<"llm">);
          }
          // The reply is serialized here: what a gateway says need not be checked against our own schema again.
          return reply
            .type(json)
            .serializer(JSON.stringify)
            .send(wireAnswer(name, await calls.run(exchange, name, given)));
        },
      );
    }
    done();
  };

/** What a serializer of the route's own leaves out. */
const json = "application/json; charset=utf-8";

const summaries: Readonly<Record<PipelineName, string>> = {
  "text-to-image": "Draw images from a prompt",
  "image-to-image": "Draw images from an image and a prompt",
  "image-to-video": "Make an image move",
  upscale: "Make an image four times as wide and high",
  "audio-to-text": "Write down what is said",
  "segment-anything-2": "Find the masks of things in an image",
  llm: "Answer a conversation, whole or as it comes",
  "image-to-text": "Say what an image shows",
  "text-to-speech": "Speak a text",
  "live-video-to-video": "Begin to change a video while it flows",
};

/** As Livepeer's own document calls it, such as `genTextToImage`. */
const operationOf = (name: PipelineName): string =>
  name === "llm"
    ? "genLLM"
    : `gen${name
        .split("-")
        .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
        .join("")}`;

const answers = (name: PipelineName) => {
  const json = { schema: pipelines[name].output as z.ZodType };
  const stream = { schema: z.string().describe("With `stream`: an event for each piece, as a gateway writes them.") };
  return {
    description: "As a gateway answers it; URLs of files are absolute.",
    content: { "application/json": json, ...(name === "llm" ? { "text/event-stream": stream } : {}) },
  };
};

/** A JSON value that is no object has no fields to name. */
const objectIn = (body: unknown, pipeline: PipelineName, gateway: string): object => {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  const fix = "Send the request's fields as one JSON object.";
  const fields = [{ path: "body", message: "must be a JSON object", fix }];
  throw new InvalidRequest({ gateway, pipeline, status: null, fields });
};
