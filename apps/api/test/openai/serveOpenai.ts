/** OpenAI's routes on a bare Fastify: calls are written down, and answered as a test says. */
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler } from "fastify-type-provider-zod";
import type { CallMeta, PipelineName, ResultOf } from "@sluice/core/effect";
import type { Calls } from "../../src/calls/Calls.ts";
import type { Form } from "../../src/http/Form.ts";
import { openaiRoutes, type OpenaiPorts } from "../../src/openai/openaiRoutes.ts";

export const meta: CallMeta = {
  requestId: "req_1",
  gateway: "test",
  model: "acme/answering",
  attempts: [],
  durationMs: 5,
  coldStart: false,
  cost: { units: 3_000n, unit: "millisecond", usd: "0.0015", charges: "usage" },
  warnings: [],
};

export interface Scene {
  /** What every call gives, but for `meta`; an error is thrown. */
  readonly result?: object;
  readonly chat?: Calls["chat"];
  readonly bytes?: Uint8Array;
  readonly form?: Form;
  readonly ports?: Partial<OpenaiPorts>;
}

interface Recorded {
  readonly pipeline: PipelineName;
  readonly input: Readonly<Record<string, unknown>>;
}

export const serveOpenai = ({ result = {}, chat, bytes = new Uint8Array(), form, ports }: Scene = {}) => {
  const recorded: Array<Recorded> = [];
  const answer = async <Name extends PipelineName>(pipeline: Name, input: object): Promise<ResultOf<Name>> => {
    recorded.push({ pipeline, input: { ...input } });
    if (result instanceof Error) throw result;
    return { meta, ...result } as ResultOf<Name>;
  };
  const calls: Calls = {
    run: (_exchange, pipeline, input) => answer(pipeline, input),
    runForBytes: (_exchange, pipeline, input) => answer(pipeline, input),
    chat: (exchange, input, onText) => {
      recorded.push({ pipeline: "llm", input: { ...input } });
      return chat?.(exchange, input, onText) ?? Promise.reject(new Error("no chat in this test"));
    },
    bytes: async () => bytes,
  };
  const app: FastifyInstance = Fastify();
  app.setValidatorCompiler(() => (data) => ({ value: data as unknown }));
  app.setSerializerCompiler(serializerCompiler);
  app.addContentTypeParser("multipart/form-data", (_request, _payload, done) => {
    done(null);
  });
  void app.register(
    openaiRoutes({
      calls,
      receiveForm: async () => form ?? { texts: new Map(), files: [] },
      models: () => [
        { id: "openai/whisper-large-v3", pipelines: ["audio-to-text"] },
        { id: "acme/painter", pipelines: ["text-to-image", "image-to-image"] },
        { id: "noop", pipelines: ["live-video-to-video"] },
      ],
      aliases: { "dall-e-3": "acme/painter" },
      now: () => 1_700_000_000_999,
      ...ports,
    }),
  );
  const post = (url: string, payload: object) => app.inject({ method: "POST", url, payload });
  return { app, post, recorded };
};

/** What `receiveForm` gives for these. */
export const formOf = (
  texts: Readonly<Record<string, string | ReadonlyArray<string>>>,
  files: Readonly<Record<string, File | ReadonlyArray<File>>> = {},
): Form => ({
  texts: new Map(Object.entries(texts).map(([name, value]) => [name, [value].flat() as ReadonlyArray<string>])),
  files: Object.entries(files).flatMap(([field, value]) =>
    ([value].flat() as ReadonlyArray<File>).map((source) => ({ field, bytes: source.size, source })),
  ),
});

export const sound = new File([new Uint8Array([1, 2, 3])], "talk.mp3", { type: "audio/mpeg" });

export const picture = new File([new Uint8Array([4, 5])], "fox.png", { type: "image/png" });

export const sendForm = (app: FastifyInstance, url: string) =>
  app.inject({ method: "POST", url, headers: { "content-type": "multipart/form-data; boundary=x" }, payload: "--x--" });

export interface OpenaiFailure {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

export const failureIn = ({ body }: { readonly body: string }): OpenaiFailure =>
  (JSON.parse(body) as { readonly error: OpenaiFailure }).error;
