/** The client that survives what Livepeer gateways really do, for programs that use promises. */
export type { Attempt, GatewayError } from "@sluice/errors";
export { isGatewayError } from "@sluice/errors";
export type { TextToImageInput } from "@sluice/models";
export type * from "./call/CallEvent.ts";
export type { CallMeta } from "./call/CallMeta.ts";
export type { Cost } from "./call/Cost.ts";
export { type CallOptions, type Image, LivepeerGateway, type LivepeerGatewayOptions } from "./LivepeerGateway.ts";
