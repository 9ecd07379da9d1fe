/** go-livepeer's operator port, of which the paths are here that tell how warm the network's models are. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { RequestListener } from "node:http";
import type { Capacity } from "../gateway/Capacity.ts";
import type { Models } from "../Models.ts";
import { type AnswerReply, goJson, json, notFound } from "../Reply.ts";
import { networkCapabilities } from "./networkCapabilities.ts";
import { sessionPools } from "./sessionPools.ts";

/** What the port tells of. */
export interface Network {
  readonly models: Models;
  readonly capacity: Capacity;
  /** The names of the capabilities. */
  readonly byoc: ReadonlyArray<string>;
}

/** A handler for `http.createServer`, on the clock of the effect that makes it. */
export const makeOperatorHandler = (network: Network): Effect.Effect<RequestListener> =>
  Effect.map(Clock.Clock, (clock) => {
    const answers: Readonly<Record<string, (network: Network, now: number) => object>> = {
      "/getNetworkCapabilities": networkCapabilities,
      "/getAISessionPoolsInfo": sessionPools,
    };
    return ({ url = "/" }, response) => {
      const path = url.split("?", 1)[0] ?? "/";
      const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
      // Whatever the method.
      const reply = answer === undefined ? notFound : respondJson(answer(network, clock.currentTimeMillisUnsafe()));
      response.removeHeader("Connection");
      response.writeHead(reply.status, { ...reply.headers, "Content-Length": Buffer.byteLength(reply.body) });
      response.end(reply.body);
    };
  });

/** Of this port alone: no line feed follows the value. */
const respondJson = (value: object): AnswerReply => ({ ...json(200, value), body: goJson(value) });
