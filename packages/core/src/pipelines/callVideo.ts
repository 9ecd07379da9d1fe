/** A call of image-to-video, which may follow a job. */
import type { GatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { Engine } from "../Engine.ts";
import type { CallInput } from "./CallInput.ts";
import { callPipeline } from "./callPipeline.ts";
import { following } from "./following.ts";
import type { Called, CallOptions } from "./readyCall.ts";

export interface VideoOptions extends CallOptions {
  /**
   * Ask for the video's job, and then for its result, instead of holding a connection for minutes: `Prefer:
   * respond-async`, which go-livepeer knows. The job is not cancelled by an abort.
   */
  readonly respondAsync?: boolean | undefined;
}

export const callVideo = (
  engine: Engine,
  input: CallInput<"image-to-video">,
  options: VideoOptions,
): Effect.Effect<Called<"image-to-video">, GatewayError> =>
  Effect.suspend(() => {
    // What says neither is refused with the other options' mistakes.
    if (typeof (options as VideoOptions | null)?.respondAsync !== "boolean") {
      return callPipeline(engine, "image-to-video", input, options);
    }
    const { respondAsync, ...own } = options;
    return callPipeline(engine, "image-to-video", input, own, respondAsync === true ? following() : {});
  });
