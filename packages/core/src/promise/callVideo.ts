/** A call of image-to-video, which may follow a job. */
import type { GatewayError } from "@sluice/errors";
import type * as Effect from "effect/Effect";
import type { Engine } from "../Engine.ts";
import type { CallInput } from "../pipelines/CallInput.ts";
import { type Called, callPipeline } from "../pipelines/callPipeline.ts";
import { following } from "../pipelines/following.ts";
import type { VideoOptions } from "./CallOptions.ts";

export const callVideo = (
  engine: Engine,
  input: CallInput<"image-to-video">,
  { respondAsync = false, ...options }: VideoOptions,
): Effect.Effect<Called<"image-to-video">, GatewayError> =>
  callPipeline(engine, "image-to-video", input, options, respondAsync ? following() : {});
