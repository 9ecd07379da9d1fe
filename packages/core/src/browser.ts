/** The client for pages and workers, which ask a proxy of their own. Nothing here needs Node. */
export type { Attempt, FieldError, GatewayError, GatewayErrorTag } from "@sluice/errors";
export { isGatewayError } from "@sluice/errors";
export type { Evidence, InputOf, MediaFacts, PipelineName, TextToImageInput } from "@sluice/models";
export type * from "@sluice/telemetry";
export { LivepeerProxy } from "./browser/LivepeerProxy.ts";
export type { LivepeerProxyOptions } from "./browser/LivepeerProxyOptions.ts";
export type { CallMeta } from "./call/CallMeta.ts";
export type { ChatPiece } from "./chat/ChatReader.ts";
export type { ChatStream } from "./chat/ChatStream.ts";
export type { CallInput } from "./pipelines/CallInput.ts";
export type { Chat, Masks, Media, Numbers } from "./pipelines/Results.ts";
export type { CallOptions, Fetching, VideoOptions } from "./promise/CallOptions.ts";
export type { Pending } from "./promise/Pending.ts";
export type { Result } from "./promise/PromiseDoor.ts";
export type { PromiseResultOf, RemoteFile } from "./promise/PromiseResults.ts";
