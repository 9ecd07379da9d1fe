/** The Effect door: the client as a service, its transport and the retry policies as parts that can be replaced. */
export type { Attempt, GatewayError } from "@sluice/errors";
export { isGatewayError, RetryPolicy } from "@sluice/errors";
export type { TextToImageInput } from "@sluice/models";
export type * from "./call/CallEvent.ts";
export type { CallMeta } from "./call/CallMeta.ts";
export type { Cost } from "./call/Cost.ts";
export { checkSettings, type GatewaySettings } from "./Target.ts";
export { GatewayClient, type GatewayClientSettings, type GatewayClientShape } from "./GatewayClient.ts";
export type { CallOptions, GeneratedImage, TextToImageResult } from "./pipelines/textToImage.ts";
export { Transport, type WireRequest } from "./transport/Transport.ts";
export { layer as layerTransport } from "./transport/undici.ts";
