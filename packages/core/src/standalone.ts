/** The client as functions of a gateway, for programs whose bundles hold only what they use. */
export type { Attempt, FieldError, GatewayError, GatewayErrorTag } from "@sluice/errors";
export { isGatewayError } from "@sluice/errors";
export type { Evidence, InputOf, MediaFacts, PipelineName, TextToImageInput } from "@sluice/models";
export type * from "@sluice/telemetry";
export type { CallMeta } from "./call/CallMeta.ts";
export type { ChatPiece } from "./chat/ChatReader.ts";
export type { ChatStream } from "./chat/ChatStream.ts";
export type { FileInput, FileOptions, FileSource } from "./files/FileSource.ts";
export { toFile } from "./files/toFile.ts";
export type { CallInput } from "./pipelines/CallInput.ts";
export type { Chat, Masks, Media, Numbers, ResultOf } from "./pipelines/Results.ts";
export type { CallOptions, Fetching, VideoOptions } from "./promise/CallOptions.ts";
export { chat } from "./promise/chat.ts";
export { connect } from "./promise/connect.ts";
export { close, type Gateway } from "./promise/Gateway.ts";
export type { LivepeerGatewayOptions, Route } from "./promise/LivepeerGatewayOptions.ts";
export { bytes, stream } from "./promise/media.ts";
export type { Pending } from "./promise/Pending.ts";
export {
  audioToText,
  imageToImage,
  imageToText,
  imageToVideo,
  liveVideoToVideo,
  run,
  segmentAnything2,
  textToImage,
  textToSpeech,
  upscale,
} from "./promise/pipelines.ts";
export { estimate, learn } from "./promise/planning.ts";
export { save } from "./promise/save.ts";
