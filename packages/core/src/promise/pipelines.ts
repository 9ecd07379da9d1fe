/** The pipelines as functions of a gateway: a bundle holds those that it uses. Each rejects with a `GatewayError`. */
import type { PipelineName } from "@sluice/models";
import type { CallInput } from "../pipelines/CallInput.ts";
import type { ResultOf } from "../pipelines/Results.ts";
import { call, callIn, callWithoutFile } from "./call.ts";
import type { CallOptions, VideoOptions } from "./CallOptions.ts";
import { callVideo } from "../pipelines/callVideo.ts";
import type { Gateway } from "./Gateway.ts";
import type { Pending } from "./Pending.ts";

type Call<Name extends PipelineName> = (
  gateway: Gateway,
  input: CallInput<Name>,
  options?: CallOptions,
) => Pending<ResultOf<Name>>;

const itself = <Result>(result: Result): Result => result;

/** Any pipeline by its name. */
export const run = <Name extends PipelineName>(
  gateway: Gateway,
  pipeline: Name,
  input: CallInput<Name>,
  options: CallOptions = {},
): Pending<ResultOf<Name>> => call(gateway, pipeline, input, options, itself);

/** One that takes no file. */
export const runWithoutFile = <Name extends PipelineName>(
  gateway: Gateway,
  pipeline: Name,
  input: CallInput<Name>,
  options: CallOptions = {},
): Pending<ResultOf<Name>> => callWithoutFile(gateway, pipeline, input, options, itself);

/** Images from a prompt. */
export const textToImage: Call<"text-to-image"> = (gateway, input, options) =>
  runWithoutFile(gateway, "text-to-image", input, options);

/** Images from an image and a prompt. */
export const imageToImage: Call<"image-to-image"> = (gateway, input, options) =>
  run(gateway, "image-to-image", input, options);

/** A video from its first frame. */
export const imageToVideo = (
  gateway: Gateway,
  input: CallInput<"image-to-video">,
  options: VideoOptions = {},
): Pending<ResultOf<"image-to-video">> =>
  callIn(gateway, "image-to-video", (engine) => callVideo(engine, input, options), itself, options);

/** An image of four times the width and the height. */
export const upscale: Call<"upscale"> = (gateway, input, options) => run(gateway, "upscale", input, options);

/** What is said, and when. */
export const audioToText: Call<"audio-to-text"> = (gateway, input, options) =>
  run(gateway, "audio-to-text", input, options);

/** Masks of the things in an image. */
export const segmentAnything2: Call<"segment-anything-2"> = (gateway, input, options) =>
  run(gateway, "segment-anything-2", input, options);

/** What an image shows, in words. */
export const imageToText: Call<"image-to-text"> = (gateway, input, options) =>
  run(gateway, "image-to-text", input, options);

/** Speech from a text. */
export const textToSpeech: Call<"text-to-speech"> = (gateway, input, options) =>
  runWithoutFile(gateway, "text-to-speech", input, options);

/** A stream that is changed while it flows; gateways of the network do not offer it. */
export const liveVideoToVideo: Call<"live-video-to-video"> = (gateway, input, options) =>
  runWithoutFile(gateway, "live-video-to-video", input, options);
