/** A gateway without sockets, which plays one answer after the other, and what it was asked. */
import { GatewayClient, type GatewayClientSettings, Transport, type WireRequest } from "@sluice/core/effect";
import type { Answer, Break } from "@sluice/errors";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";

export type Played = Effect.Effect<Answer, Break>;

/** A value is sent as JSON, a text as it is. */
export const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Played =>
  Effect.succeed({
    kind: "answer",
    status,
    headers: { "content-type": "application/json", ...headers },
    body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
  });

export interface Asked extends WireRequest {
  /** By the clock of the test, in milliseconds since it began. */
  readonly at: number;
}

/** The last answer is played again and again. */
export const playing = (...answers: ReadonlyArray<Played>) => {
  const asked: Array<Asked> = [];
  const send = (request: WireRequest): Played =>
    Effect.flatMap(Clock.currentTimeMillis, (at) => {
      asked.push({ ...request, at });
      request.onSent?.();
      const played = answers[Math.min(asked.length, answers.length) - 1];
      return played ?? Effect.die(new Error("nothing is played"));
    });
  const client = (settings: GatewayClientSettings = {}) =>
    Layer.provide(
      GatewayClient.layerWithoutTransport({ gateway: "http://a.example/sub", ...settings }),
      Layer.succeed(Transport, { send }),
    );
  return { asked, client };
};
