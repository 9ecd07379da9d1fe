/**
 * What the chaos server says, in the words of whoever is asked: a Livepeer gateway, or an OpenAI-compatible one under `/v1`.
 * Both say the same thing, so that no client meets a body that is foreign to it.
 */

export interface Words {
  /** A whole answer of one image. */
  readonly image: string;
  /** The events of a whole stream of `tokens`, each an SSE event; the last ones end it. */
  readonly events: ReadonlyArray<string>;
  readonly unavailable: string;
  readonly limited: string;
  /** A refused key, repeated as Livepeer Studio repeats it. */
  readonly refusedKey: (key: string) => string;
  /** A refused `prompt`. */
  readonly refusedPrompt: string;
}

/** The words of a stream that is cut after the third. */
export const tokens = ["a", " red", " fox", " in", " snow"];

export const wordsFor = (path: string): Words => (path.includes("/v1/") ? openai : livepeer);

const created = 1_766_000_000;
const model = "meta-llama/Meta-Llama-3.1-8B-Instruct";
const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

/** go-livepeer's chunks: a role in each, an empty `finish_reason`, usage that adds up, and no `[DONE]`. */
const livepeerEvent = (content: string, place: number, finish: string): string =>
  event({
    choices: [{ delta: { content, role: "assistant" }, finish_reason: finish, index: 0 }],
    ...{ created, id: "chatcmpl-1", model },
    usage: { completion_tokens: place, prompt_tokens: 12, total_tokens: 12 + place },
  });

const livepeer: Words = {
  image: '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}',
  events: [
    ...tokens.map((token, place) => livepeerEvent(token, place + 1, "")),
    livepeerEvent("", tokens.length, "stop"),
  ],
  unavailable: '{"error":{"message":"Service Unavailable Error"}}',
  limited: '{"errors":["Too many AI requests"]}',
  refusedKey: (key) => JSON.stringify({ errors: [`no token ${key} found`] }),
  refusedPrompt:
    '{"detail":[{"loc":["body","prompt"],"msg":"ensure this value has at most 1000 characters","type":"value_error"}]}',
};

const openaiEvent = (delta: object, finish: string | null): string =>
  event({
    ...{ id: "chatcmpl-1", object: "chat.completion.chunk", created, model },
    choices: [{ index: 0, delta, finish_reason: finish }],
  });

const openaiError = (type: string, message: string, param: string | null = null): string =>
  JSON.stringify({ error: { message, type, param, code: null } });

/** One white pixel. */
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";

const openai: Words = {
  image: JSON.stringify({ created, data: [{ b64_json: png }] }),
  events: [
    ...tokens.map((content, place) => openaiEvent({ ...(place === 0 ? { role: "assistant" } : {}), content }, null)),
    openaiEvent({}, "stop"),
    "data: [DONE]\n\n",
  ],
  unavailable: openaiError("server_error", "Service Unavailable Error"),
  limited: openaiError("rate_limit_error", "Too many AI requests"),
  refusedKey: (key) => openaiError("invalid_request_error", `no token ${key} found`),
  refusedPrompt: openaiError(
    "invalid_request_error",
    "Invalid 'prompt': string too long. Expected a string with maximum length 1000.",
    "prompt",
  ),
};
