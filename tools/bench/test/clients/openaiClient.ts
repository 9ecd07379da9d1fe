/** OpenAI's client in its versions, as far as the tests use it: the package is installed outside of the workspace. */
import { assert } from "vitest";
import { importPeer } from "../../src/peers.ts";

export interface Completion {
  readonly id: string;
  readonly object: string;
  readonly model: string;
  readonly choices: ReadonlyArray<{ readonly message: { readonly content: string }; readonly finish_reason: string }>;
  readonly usage?: { readonly total_tokens: number };
  readonly _request_id?: string;
}

export interface Chunk {
  readonly id: string;
  readonly object: string;
  readonly choices: ReadonlyArray<{
    readonly delta: { readonly role?: string; readonly content?: string };
    readonly finish_reason: string | null;
  }>;
  readonly usage?: { readonly total_tokens: number } | null;
}

export interface ChunkStream extends AsyncIterable<Chunk> {
  readonly controller: AbortController;
}

/** What `.stream()` gives: the pieces as events, the whole as promises. */
interface Helper {
  readonly on: (event: "content", listener: (piece: string) => void) => void;
  readonly finalChatCompletion: () => Promise<Completion>;
  readonly finalContent: () => Promise<string | null>;
  readonly totalUsage: () => Promise<{ readonly total_tokens: number }>;
}

export interface Images {
  readonly data: ReadonlyArray<{ readonly url?: string; readonly b64_json?: string }>;
}

export interface Model {
  readonly id: string;
  readonly object: string;
}

type Call<A> = (body: object, options?: object) => Promise<A>;

interface Chats {
  (body: { readonly stream: true }, options?: object): Promise<ChunkStream>;
  (body: object, options?: object): Promise<Completion>;
}

export interface Openai {
  readonly models: { readonly list: () => AsyncIterable<Model>; readonly retrieve: (id: string) => Promise<Model> };
  readonly images: { readonly generate: Call<Images>; readonly edit: Call<Images> };
  readonly audio: {
    readonly speech: { readonly create: Call<Response> };
    readonly transcriptions: { readonly create: Call<unknown> };
  };
  readonly chat: { readonly completions: { readonly create: Chats; readonly stream: (body: object) => Helper } };
  readonly embeddings: { readonly create: Call<unknown> };
}

/** What is thrown; the package has a class for each kind. */
export interface ApiError extends Error {
  readonly status?: number;
  readonly code?: string | null;
  readonly param?: string | null;
  readonly type?: string;
  readonly headers?: Headers;
}

type ErrorName =
  | "APIError"
  | "APIConnectionTimeoutError"
  | "AuthenticationError"
  | "BadRequestError"
  | "InternalServerError"
  | "NotFoundError"
  | "RateLimitError";

export type OpenaiModule = Readonly<Record<ErrorName, new () => Error>> & {
  readonly default: new (options: object) => Openai;
  readonly toFile: (content: Blob, name: string, options?: object) => Promise<File>;
};

/** The names of the package's versions among the peers. */
export const versions = ["openai", "openai-6"] as const;

export const loadOpenai = async (version: (typeof versions)[number]): Promise<OpenaiModule> =>
  (await importPeer(version)) as OpenaiModule;

/** What a call throws, which must be of the class that the package has for it. */
export const thrownAs = async (
  module: OpenaiModule,
  name: ErrorName,
  call: PromiseLike<unknown>,
): Promise<ApiError> => {
  const error: unknown = await call.then(
    () => assert.fail(`it was answered, instead of throwing ${name}`),
    (thrown: unknown) => thrown,
  );
  assert.instanceOf(error, module[name]);
  return error;
};
