/**
 * One try to deliver a webhook. It is on `node:https`, because the main module of undici would replace the connections of the
 * whole process's `fetch`. Alerts are rare: each has a connection of its own, so nothing is left to close.
 */
import * as http from "node:http";
import * as https from "node:https";
import { InsideAddress, insideAddressOf, lookupOutside } from "./outsideOnly.ts";

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

export interface WebhookAnswer {
  readonly status: number;
  /** The header, as it came. */
  readonly retryAfter?: string;
}

/** Rejects when no answer comes. */
export type PostWebhook = (request: WebhookRequest) => Promise<WebhookAnswer>;

/** Within so many milliseconds. A redirect is an answer like any other: it is not followed. */
export const postWithin =
  (timeoutMs: number): PostWebhook =>
  ({ url, headers, body, allowPrivate, signal }) =>
    new Promise((resolve, reject) => {
      const to = new URL(url);
      if (!allowPrivate && insideAddressOf(to) !== undefined) throw new InsideAddress();
      const { request } = to.protocol === "https:" ? https : http;
      const options: https.RequestOptions = {
        method: "POST",
        agent: false,
        headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        ...(allowPrivate ? {} : { lookup: lookupOutside }),
      };
      request(to, options, (response) => {
        const { statusCode: status = 0, headers: told } = response;
        const retryAfter = told["retry-after"];
        resolve({ status, ...(retryAfter === undefined ? {} : { retryAfter }) });
        // Its text is of no use; until the timeout, it may end in peace.
        response.on("error", () => undefined).resume();
      })
        .on("error", reject)
        .end(body);
    });
