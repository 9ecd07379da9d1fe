/** A result's file as it comes, for whoever passes it on. A slow reader holds the gateway back. */
import type { GatewayError } from "@sluice/errors";
import type * as Effect from "effect/Effect";
import { type Download, download } from "./Download.ts";
import type { Flow } from "../transport/Transport.ts";

/** In milliseconds, which the reader's own time counts against; and bytes, 2 GiB. */
const usual = { timeoutMs: 300_000, maxBytes: 2_147_483_648 };

/** What may wait for the reader before the gateway is held back, in bytes. */
const waitingBytes = 262_144;

type Start = (call: Effect.Effect<unknown, GatewayError>) => {
  /** Rejects with a `GatewayError`. */
  readonly result: Promise<unknown>;
  readonly end: () => void;
};

/**
 * Resolves when the first bytes have come; until then, what may heal is tried again. What goes wrong later errors the
 * stream, with a `GatewayError`. Cancelling the stream hangs up.
 */
export const mediaStream = (media: Download, start: Start): Promise<ReadableStream<Uint8Array>> =>
  new Promise((resolve) => {
    let reader: ReadableStreamDefaultController<Uint8Array> | undefined;
    let isLeft = false;
    const begin = (flow: Flow) => {
      const stream = new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            reader = controller;
          },
          pull: flow.resume,
          cancel: () => {
            isLeft = true;
            call.end();
          },
        },
        new ByteLengthQueuingStrategy({ highWaterMark: waitingBytes }),
      );
      resolve(stream);
      return (chunk: Uint8Array) => {
        if (isLeft) return;
        reader?.enqueue(chunk);
        if ((reader?.desiredSize ?? 0) <= 0) flow.pause();
      };
    };
    const call = start(download(media, { ...usual, begin, isLate: () => reader !== undefined }));
    call.result.then(
      () => {
        if (!isLeft) reader?.close();
      },
      (error: unknown) => {
        // Before the first bytes, the failure is this promise's own.
        resolve(call.result as Promise<never>);
        reader?.error(error);
      },
    );
  });
