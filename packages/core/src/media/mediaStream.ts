/** A result's file as it comes, for whoever passes it on. A slow reader holds the gateway back. */
import type { GatewayError } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { type Download, download } from "./Download.ts";
import type { Flow } from "../transport/Transport.ts";

/** In milliseconds, which the reader's own time counts against; and bytes, 2 GiB. */
const usual = { timeoutMs: 300_000, maxBytes: 2_147_483_648 };

/** What may wait for the reader before the gateway is held back, in bytes. */
const waitingBytes = 262_144;

/**
 * Succeeds when the first bytes have come; until then, what may heal is tried again. What goes wrong later errors the
 * stream, with a `GatewayError`. Cancelling the stream hangs up.
 */
export const mediaStream = (media: Download): Effect.Effect<ReadableStream<Uint8Array>, GatewayError> =>
  Effect.flatMap(Effect.context(), (context) =>
    Effect.callback<ReadableStream<Uint8Array>, GatewayError>((resume) => {
      let reader: ReadableStreamDefaultController<Uint8Array> | undefined;
      const begin = (flow: Flow) => {
        const stream = new ReadableStream<Uint8Array>(
          {
            start: (controller) => {
              reader = controller;
            },
            pull: flow.resume,
            cancel: () => {
              fiber.interruptUnsafe();
            },
          },
          new ByteLengthQueuingStrategy({ highWaterMark: waitingBytes }),
        );
        resume(Effect.succeed(stream));
        return (chunk: Uint8Array) => {
          reader?.enqueue(chunk);
          if ((reader?.desiredSize ?? 0) <= 0) flow.pause();
        };
      };
      const call = download(media, { ...usual, begin, isLate: () => reader !== undefined });
      const fiber = Effect.runForkWith(context)(call);
      fiber.addObserver((exit) => {
        if (Exit.isSuccess(exit)) reader?.close();
        else if (reader === undefined) resume(Effect.failCause(exit.cause));
        else reader.error(Cause.squash(exit.cause));
      });
      return Effect.sync(() => {
        fiber.interruptUnsafe();
      });
    }),
  );
