/** A way to ask an HTTP server something, in a limited time, without following redirects. */
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import { hasCredentials } from "./hasCredentials.ts";

export interface Question {
  readonly url: string;
  /** Default: GET. */
  readonly method?: "GET" | "POST" | "OPTIONS";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Its first 4 MiB. */
  readonly text: string;
}

/** Nothing answered. `message`: why, without a secret. */
export class NoAnswer extends Data.TaggedError("NoAnswer")<{ readonly message: string }> {}

export interface Network {
  readonly ask: (question: Question) => Effect.Effect<Answer, NoAnswer>;
}

const longestText = 4 * 1024 * 1024;

/** By `fetch`. */
export const fetchNetwork = (timeoutSeconds = 10): Network => ({
  // `fetch` refuses such a URL, and repeats it in full.
  ask: (question) =>
    hasCredentials(question.url)
      ? Effect.fail(new NoAnswer({ message: "its URL holds a user name or a password, and none is sent" }))
      : asked(question, timeoutSeconds),
});

const asked = (
  { url, method = "GET", headers = {}, body }: Question,
  timeoutSeconds: number,
): Effect.Effect<Answer, NoAnswer> =>
  Effect.tryPromise({
    try: async (signal) => {
      const init = { method, headers: { ...headers }, signal, redirect: "manual" as const };
      const response = await fetch(url, body === undefined ? init : { ...init, body });
      return { status: response.status, headers: response.headers, text: await beginning(response) };
    },
    catch: (error) => new NoAnswer({ message: reasonOf(error) }),
  }).pipe(
    Effect.timeoutOrElse({
      duration: `${timeoutSeconds} seconds`,
      orElse: () => Effect.fail(new NoAnswer({ message: `no answer within ${timeoutSeconds} s` })),
    }),
  );

const beginning = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece as Uint8Array, { stream: true });
    if (text.length >= longestText) break;
  }
  return text.slice(0, longestText);
};

/** `fetch` hides why behind `fetch failed`. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || ("code" in cause ? String(cause.code) : cause.name) : String(cause);
};
