/** The Effect door: the client as a service, its transport and the retry policies as parts that can be replaced. */
export type { Answer, Attempt, Break, FieldError, GatewayError, GatewayErrorTag, Policy } from "@sluice/errors";
export { isGatewayError, RetryPolicy } from "@sluice/errors";
export type { Evidence, InputOf, MediaFacts, PipelineName, TextToImageInput } from "@sluice/models";
export type * from "@sluice/telemetry";
export type { CallMeta } from "./call/CallMeta.ts";
export type { ChatPiece } from "./chat/callChat.ts";
export type { FileInput, FileOptions, FileSource } from "./files/FileSource.ts";
export { toFile } from "./files/toFile.ts";
export { GatewayClient, type GatewayClientShape } from "./GatewayClient.ts";
export { checkSettings } from "./nodeMachine.ts";
export type { CallInput, EstimateInput } from "./pipelines/CallInput.ts";
export type { CallOptions } from "./pipelines/readyCall.ts";
export type { VideoOptions } from "./pipelines/callVideo.ts";
export type { Chat, Masks, Media, Numbers, ResultOf } from "./pipelines/Results.ts";
export type { GatewayClientSettings, GatewaySettings, RouteSettings } from "./settings/Settings.ts";
export { type BodyParts, type Flow, type Receive, Transport, type WireRequest } from "./transport/Transport.ts";
export { layer as layerTransport } from "./transport/undici.ts";
