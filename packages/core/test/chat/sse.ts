/** A gateway without sockets that streams by the clock of the test, as a script says; and the events that it sends. */
import { GatewayClient, type GatewayClientSettings, Transport, type WireRequest } from "@sluice/core/effect";
import type { Answer, Break } from "@sluice/errors";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Stream from "effect/Stream";

const usage = { completion_tokens: 2, prompt_tokens: 3, total_tokens: 5 };

/** As go-livepeer writes it. */
export const event = (content: string, finish_reason = ""): string => {
  const choice = { delta: { content, role: "assistant" }, finish_reason, index: 0 };
  return `data: ${JSON.stringify({ choices: [choice], created: 1_766_000_000, id: "chatcmpl-1", model: "m", usage })}\n\n`;
};

export const stop = event("", "stop");

export interface Script {
  /** Each comes so many milliseconds after the one before. Default: 100. */
  readonly chunks?: ReadonlyArray<string | Uint8Array>;
  readonly everyMs?: number;
  /** What comes after the last chunk. */
  readonly then?: "end" | "cut" | "open";
  readonly status?: number;
  readonly type?: string;
}

interface Seen {
  readonly requests: Array<WireRequest>;
  /** Connections that the client closed. */
  hungUp: number;
  /** The most chunks that were sent while nobody read. */
  paused: number;
  sent: number;
}

/** The last script is played again and again. */
export const scripted = (...scripts: ReadonlyArray<Script>) => {
  const seen: Seen = { requests: [], hungUp: 0, paused: 0, sent: 0 };
  const send = (request: WireRequest): Effect.Effect<Answer, Break> => {
    seen.requests.push(request);
    const script = scripts[Math.min(seen.requests.length, scripts.length) - 1] ?? {};
    const { chunks = [], everyMs = 100, then = "end", status = 200, type = "text/event-stream" } = script;
    const play = Effect.gen(function* () {
      request.onSent?.();
      const headers = { "content-type": type };
      const flowing = { held: false };
      const flow = {
        pause: () => {
          flowing.held = true;
          seen.paused += 1;
        },
        resume: () => {
          flowing.held = false;
        },
        stop: () => undefined,
      };
      const take = request.receive?.({ status, headers }, flow);
      const collected: Array<Uint8Array> = [];
      for (const chunk of chunks) {
        if (everyMs > 0) yield* Effect.sleep(everyMs);
        while (flowing.held) yield* Effect.sleep(1);
        const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
        seen.sent += 1;
        if (take === undefined) collected.push(bytes);
        else take(bytes);
      }
      if (then === "open") return yield* Effect.never;
      const body = new Uint8Array(Buffer.concat(collected));
      if (then === "cut") return yield* Effect.fail<Break>({ kind: "cut", status, headers, body });
      return { kind: "answer" as const, status, headers, body };
    });
    return Effect.onInterrupt(play, () =>
      Effect.sync(() => {
        seen.hungUp += 1;
      }),
    );
  };
  const client = (settings: GatewayClientSettings = {}) =>
    Layer.provide(
      GatewayClient.layerWithoutTransport({ gateway: "http://a.example", ...settings }),
      Layer.succeed(Transport, { send }),
    );
  return { seen, client };
};

export const chat = { messages: [{ role: "user" as const, content: "Hello" }], max_tokens: 64 };

/** The pieces that came, each with its time in milliseconds since the test began, and how the stream ended, and when. */
export const reading = Effect.gen(function* () {
  const client = yield* GatewayClient;
  const pieces: Array<readonly [text: string, at: number]> = [];
  const read = Stream.runForEach(client.chatStream(chat), ({ text }) =>
    Effect.map(Clock.currentTimeMillis, (at) => void pieces.push([text, at])),
  );
  const exit = yield* Effect.result(read);
  return { pieces, exit, at: yield* Clock.currentTimeMillis };
});
