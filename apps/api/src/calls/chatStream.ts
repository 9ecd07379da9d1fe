/**
 * A conversation's answer as it comes. The answer's head waits for the first text, so that a call that fails before it has
 * the status of its failure; but not for ever, because a proxy in between hangs up on a silence.
 */
import type { ResultOf } from "@sluice/core/effect";
import { EventBody } from "../http/EventBody.ts";

/** The events of one stream, in their order: `first`, any number of `text`, `last`. */
export interface ChatEvents {
  readonly first?: object;
  readonly text: (text: string) => object;
  readonly last: (result: ResultOf<"llm">) => ReadonlyArray<object | string>;
}

export interface ChatStreaming {
  /** Makes the call; while a promise that `onText` gives is pending, it reads no more. */
  readonly call: (onText: (text: string) => Promise<void> | undefined) => Promise<ResultOf<"llm">>;
  readonly events: ChatEvents;
  /** How long to be silent, in milliseconds. */
  readonly keepAliveMs: number;
  /** How a failure is told when the status is long sent. */
  readonly errorOf: (error: unknown) => object;
}

/** Resolves as soon as there is something to send. Rejects with what the call rejects with before that. */
export const chatStream = ({ call, events, keepAliveMs, errorOf }: ChatStreaming): Promise<EventBody> =>
  new Promise((resolve, reject) => {
    const body = new EventBody();
    let isSent = false;
    let hasBegun = false;
    const send = () => {
      isSent = true;
      resolve(body);
    };
    const write = (...next: ReadonlyArray<object | string>) => {
      const { first } = events;
      const all = hasBegun || first === undefined ? next : [first, ...next];
      hasBegun = true;
      return body.events(...all);
    };
    const timer = setTimeout(() => {
      body.comment("waiting for the model");
      send();
      timer.refresh();
    }, keepAliveMs);
    body.once("close", () => {
      clearTimeout(timer);
    });

    const onText = (text: string) => {
      timer.refresh();
      const behind = write(events.text(text));
      send();
      return behind;
    };
    call(onText)
      .then(
        (result) => {
          void write(...events.last(result));
          send();
        },
        (error: unknown) => {
          if (!isSent) {
            reject(error instanceof Error ? error : new Error(String(error)));
          } else if (!body.destroyed) {
            void body.events(errorOf(error));
          }
        },
      )
      .finally(() => {
        clearTimeout(timer);
        body.end();
      });
  });

/** Less than proxies wait for a byte, in milliseconds. */
export const usualKeepAliveMs = 15_000;

/** No proxy keeps a part of it back. */
export const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
};
