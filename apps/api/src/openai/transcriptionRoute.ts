/** `POST /audio/transcriptions`. */
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import { formFields } from "./formFields.ts";
import { inCallersNames, readFields } from "./mistaken.ts";
import { openaiErrors } from "./openaiError.ts";
import type { OpenaiScope } from "./openaiRoutes.ts";
import { transcriptionAnswer, transcripts } from "./transcriptionAnswer.ts";
import { audioToTextInput, Transcription, transcriptionForm, transcriptionNames } from "./transcriptionRequest.ts";

const operation = "audio/transcriptions";

export const transcriptionRoute =
  ({ calls, receiveForm, names }: OpenaiScope): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.post(
      `/${operation}`,
      {
        schema: {
          summary: "Write down what is said",
          operationId: "createTranscription",
          tags: ["OpenAI"],
          consumes: ["multipart/form-data"],
          body: Transcription,
          response: { 200: transcripts, ...openaiErrors },
        },
      },
      async (request, reply) => {
        const exchange = { request, reply };
        const form = formFields(await receiveForm(exchange), operation, transcriptionForm);
        const fields = readFields(Transcription, form, operation);
        const call = calls.run(exchange, "audio-to-text", audioToTextInput(fields, names));
        const { type, body } = transcriptionAnswer(await inCallersNames(call, transcriptionNames), fields);
        return reply.type(`${type}; charset=utf-8`).send(body);
      },
    );
    done();
  };
