/**
 * OpenAI's routes in front of a Livepeer gateway: a program that was written for OpenAI changes its base URL and a model's
 * name. What a gateway cannot do is refused by the field's name; nothing that was asked for is left out in silence.
 */
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import { usualKeepAliveMs } from "../calls/chatStream.ts";
import type { Calls, Exchange } from "../calls/Calls.ts";
import { answerErrors } from "../http/answerError.ts";
import type { Form } from "../http/Form.ts";
import { unknownRoutes } from "../http/unknownRoutes.ts";
import { chatRoute } from "./chatRoute.ts";
import { imageRoutes } from "./imageRoutes.ts";
import { type Aliases, ModelNames, type OfferedModel } from "./ModelNames.ts";
import { modelRoutes } from "./modelRoutes.ts";
import { openaiFormat } from "./openaiError.ts";
import { speechRoute } from "./speechRoute.ts";
import { transcriptionRoute } from "./transcriptionRoute.ts";

export interface OpenaiPorts {
  readonly calls: Calls;
  readonly receiveForm: (exchange: Exchange) => Promise<Form>;
  /** What the gateway is known to offer, each model once. */
  readonly models: () => ReadonlyArray<OfferedModel>;
  /** Beside the usual ones, which they may replace. */
  readonly aliases: Aliases;
  /** Silence after which a stream shows that it lives, in milliseconds. */
  readonly keepAliveMs?: number;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

/** What the routes take, the names of models looked up. */
export interface OpenaiScope extends Required<Omit<OpenaiPorts, "models" | "aliases">> {
  readonly names: ModelNames;
}

export const openaiRoutes =
  ({
    models,
    aliases,
    keepAliveMs = usualKeepAliveMs,
    now = Date.now,
    ...ports
  }: OpenaiPorts): FastifyPluginCallbackZod =>
  (app, _, done) => {
    const names = new ModelNames(models, aliases);
    const scope: OpenaiScope = { ...ports, names, keepAliveMs, now };
    const routes: FastifyPluginCallbackZod = (inner, _options, ready) => {
      inner.setErrorHandler(answerErrors(() => openaiFormat));
      inner.setNotFoundHandler(unknownRoutes(inner));
      void inner.register(modelRoutes(names));
      void inner.register(imageRoutes(scope));
      void inner.register(transcriptionRoute(scope));
      void inner.register(speechRoute(scope));
      void inner.register(chatRoute(scope));
      ready();
    };
    void app.register(routes, { prefix: "/v1" });
    done();
  };
