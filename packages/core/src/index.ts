/** The client that survives what Livepeer gateways really do, for programs that use promises. */
export type { Attempt, FieldError, GatewayError, GatewayErrorTag } from "@sluice/errors";
export { isGatewayError } from "@sluice/errors";
export type { Evidence, InputOf, MediaFacts, PipelineName, TextToImageInput } from "@sluice/models";
export type * from "@sluice/telemetry";
export type { CallMeta } from "./call/CallMeta.ts";
export type { ChatStream } from "./chat/ChatStream.ts";
export type { ChatPiece } from "./chat/ChatReader.ts";
export type { FileInput, FileOptions, FileSource } from "./files/FileSource.ts";
export { toFile } from "./files/toFile.ts";
export { LivepeerGateway } from "./LivepeerGateway.ts";
export type { CallInput, EstimateInput } from "./pipelines/CallInput.ts";
export type { Chat, Masks, Media, Numbers } from "./pipelines/Results.ts";
export type { CallOptions, Fetching, VideoOptions } from "./promise/CallOptions.ts";
export type { LivepeerGatewayOptions, Route } from "./promise/LivepeerGatewayOptions.ts";
export type { Pending } from "./promise/Pending.ts";
export type { Result } from "./promise/PromiseDoor.ts";
export type { MediaFile, PromiseResultOf } from "./promise/PromiseResults.ts";
