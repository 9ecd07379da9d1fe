/**
 * Whether a gateway takes a key, for nothing: a request without a body, which nobody can answer with an image.
 * A gateway that asks for keys looks at the key first: 401 or 403 is about the key; 400 or 422 about the request,
 * so the key was taken. One that answers a request without a key the same way tells nothing of keys, and is shown none.
 */
import { forbiddenReason, type ForbiddenReason } from "@sluice/errors";
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import type { KeysInspect } from "../results/keys.ts";
import { readText } from "./readText.ts";

const timeoutMs = 10_000;

/** Of a 403, as far as Studio's words tell; `proxy`: a web page was answered, by somebody in front of the gateway. */
export type Reason = NonNullable<KeysInspect["reason"]>;

/** What an empty request was answered with. Nothing of the body is kept: a 401 of Studio's repeats the key. */
export interface Answered {
  readonly status: number;
  readonly reason: Reason | undefined;
  /** Which web page may read the answer. */
  readonly allowedOrigin: string | undefined;
  /** Headers that speak of rate limits. */
  readonly limits: Readonly<Record<string, string>>;
}

/** Nobody answered; a sentence. */
export interface Unanswered {
  readonly problem: string;
}

export const verdicts = ["accepted", "refused", "forbidden", "not-asked", "unclear", "unreachable"] as const;
/** `not-asked`: the gateway does not ask for keys. */
export type Verdict = (typeof verdicts)[number];

export interface Checked {
  readonly verdict: Verdict;
  readonly answer: Answered | Unanswered;
}

type Gateway = Pick<GatewayProfile, "baseUrl" | "pipelines">;

/** Two requests, and none with the key where the one without it tells enough. */
export const checkKey = (gateway: Gateway, key: Redacted.Redacted): Effect.Effect<Checked> =>
  Effect.gen(function* () {
    const without = yield* askEmpty(gateway);
    if ("problem" in without) return { verdict: "unreachable", answer: without };
    if (isAboutRequest(without.status)) return { verdict: "not-asked", answer: without };
    const answer = yield* askEmpty(gateway, { key });
    return { verdict: verdictOf(answer), answer };
  });

export const verdictOf = (answer: Answered | Unanswered): Verdict => {
  if ("problem" in answer) return "unreachable";
  if (answer.status === 401) return "refused";
  if (answer.status === 403) return answer.reason === "proxy" ? "unclear" : "forbidden";
  return isAboutRequest(answer.status) ? "accepted" : "unclear";
};

const isAboutRequest = (status: number): boolean => status === 400 || status === 422;

interface Asking {
  readonly key?: Redacted.Redacted;
  /** As a web page there would ask. */
  readonly origin?: string;
}

/** Never fails: that nobody answers is an answer, too. */
export const askEmpty = (
  { baseUrl, pipelines }: Gateway,
  { key, origin }: Asking = {},
): Effect.Effect<Answered | Unanswered> => {
  // Without a form, those that take files refuse as well; text-to-image says it in JSON.
  const pipeline = pipelines.includes("text-to-image") ? "text-to-image" : (pipelines[0] ?? "text-to-image");
  const request = async (signal: AbortSignal): Promise<Answered> => {
    const answer = await fetch(`${baseUrl}/${pipeline}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(key === undefined ? {} : { Authorization: `Bearer ${Redacted.value(key)}` }),
        ...(origin === undefined ? {} : { Origin: origin }),
      },
      // Not even `{}`: go-livepeer hangs up on a request without a model, and calls no body at all a mistake.
      body: "",
      // A key does not follow to where somebody else points.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const text = await readText(answer);
    return {
      status: answer.status,
      reason: reasonIn(answer, text),
      allowedOrigin: answer.headers.get("access-control-allow-origin") ?? undefined,
      limits: Object.fromEntries([...answer.headers].filter(([name]) => /^(x-)?ratelimit|^retry-after$/.test(name))),
    };
  };
  return Effect.catch(Effect.tryPromise({ try: request, catch: problemOf }), Effect.succeed);
};

const reasonIn = ({ status, headers }: Response, text: string): Reason | undefined => {
  const reason = forbiddenReason({ status, headers: Object.fromEntries(headers), body: Buffer.from(text) });
  return reason === undefined || reason === "other" ? undefined : names[reason];
};

const names: Readonly<Record<Exclude<ForbiddenReason, "other">, Reason>> = {
  suspended: "suspended",
  unverified: "unverified",
  "cors-origin": "origin",
  "cors-key": "cors-restricted",
  privileges: "limited",
  proxy: "proxy",
};

const problemOf = (error: unknown): Unanswered => {
  if (error instanceof Error && error.name === "TimeoutError") {
    return { problem: `it did not answer within ${timeoutMs / 1000} s` };
  }
  const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
  return { problem: `it cannot be reached: ${code ?? message}` };
};
