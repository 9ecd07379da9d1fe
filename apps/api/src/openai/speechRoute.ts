/** `POST /audio/speech`: OpenAI's request for speech as a gateway's text-to-speech, and the sound itself as the answer. */
import type { CallInput } from "@sluice/core/effect";
import { TextToSpeech } from "@sluice/models";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";
import { model, only } from "./fields.ts";
import { given, inCallersNames, readFields, type Renaming } from "./mistaken.ts";
import type { ModelNames } from "./ModelNames.ts";
import { openaiErrors } from "./openaiError.ts";
import type { OpenaiScope } from "./openaiRoutes.ts";
import { describeVoice, voices } from "./voices.ts";

const operation = "audio/speech";

const Speech = z.strictObject({
  input: TextToSpeech.input.shape.text,
  model,
  voice: z
    .string()
    .refine((voice) => describeVoice(voice) !== undefined, {
      error: "must be a voice that there is, or describe one in words",
      params: { fix: `Give one of ${voices.join(", ")}; or such as "a low, calm voice".` },
    })
    .nullish()
    .describe(`One of ${voices.join(", ")}; or how the voice sounds, in words. \`instructions\` replace it.`),
  instructions: z.string().nullish().describe("How to say it, the voice included: a gateway has one field for both."),
  response_format: only("wav", "the gateways write WAV"),
  speed: only(1, "`instructions` can ask for another speed"),
  stream_format: only("audio", "the sound comes as a whole"),
});

const speechNames: Renaming = { model_id: "model", text: "input", description: "instructions" };

/** Throws an `UnknownModel`. */
const textToSpeechInput = (fields: z.output<typeof Speech>, names: ModelNames): CallInput<"text-to-speech"> => {
  const voice = fields.voice ?? undefined;
  const told = fields.instructions?.trim() === "" ? undefined : fields.instructions;
  const description = told ?? (voice === undefined ? undefined : describeVoice(voice));
  return { text: fields.input, ...given({ model_id: names.resolve(fields.model), description }) };
};

const sound = {
  description: "The speech.",
  content: { "audio/wav": { schema: z.unknown().meta({ type: "string", format: "binary" }) } },
};

export const speechRoute =
  ({ calls, names }: OpenaiScope): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.post(
      `/${operation}`,
      {
        schema: {
          summary: "Speak a text",
          operationId: "createSpeech",
          tags: ["OpenAI"],
          body: Speech,
          response: { 200: sound, ...openaiErrors },
        },
      },
      async (request, reply) => {
        const fields = readFields(Speech, request.body, operation);
        const exchange = { request, reply };
        const call = calls.runForBytes(exchange, "text-to-speech", textToSpeechInput(fields, names));
        const { audio } = await inCallersNames(call, speechNames);
        return reply.type("audio/wav").send(Buffer.from(await calls.bytes(exchange, audio)));
      },
    );
    done();
  };
