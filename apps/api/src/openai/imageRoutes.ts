/** `POST /images/generations` and `POST /images/edits`. */
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import { inJson } from "../http/describe.ts";
import { formFields } from "./formFields.ts";
import { imageAnswer, ImagesAnswer } from "./imageAnswer.ts";
import {
  ImageEdit,
  imageEditLiterals,
  ImageGeneration,
  imageNames,
  imageToImageInput,
  textToImageInput,
} from "./imageRequest.ts";
import { inCallersNames, readFields } from "./mistaken.ts";
import { openaiErrors } from "./openaiError.ts";
import type { OpenaiScope } from "./openaiRoutes.ts";

const response = { 200: inJson("The images.", ImagesAnswer), ...openaiErrors };

export const imageRoutes =
  ({ calls, receiveForm, names, now }: OpenaiScope): FastifyPluginCallbackZod =>
  (app, _, done) => {
    const make = (format: "url" | "b64_json") => (format === "url" ? calls.run : calls.runForBytes);
    app.post(
      "/images/generations",
      {
        schema: {
          summary: "Draw images from a prompt",
          operationId: "createImage",
          tags: ["OpenAI"],
          body: ImageGeneration,
          response,
        },
      },
      async (request, reply) => {
        const fields = readFields(ImageGeneration, request.body, "images/generations");
        const exchange = { request, reply };
        const format = fields.response_format ?? "url";
        const call = make(format)(exchange, "text-to-image", textToImageInput(fields, names));
        return imageAnswer(await inCallersNames(call, imageNames), format, { exchange, calls, now });
      },
    );

    app.post(
      "/images/edits",
      {
        schema: {
          summary: "Draw images from an image and a prompt",
          operationId: "createImageEdit",
          tags: ["OpenAI"],
          consumes: ["multipart/form-data"],
          body: ImageEdit,
          response,
        },
      },
      async (request, reply) => {
        const exchange = { request, reply };
        const form = formFields(await receiveForm(exchange), "images/edits", { literals: imageEditLiterals });
        const fields = readFields(ImageEdit, form, "images/edits");
        const format = fields.response_format ?? "url";
        const call = make(format)(exchange, "image-to-image", imageToImageInput(fields, names));
        return imageAnswer(await inCallersNames(call, imageNames), format, { exchange, calls, now });
      },
    );
    done();
  };
