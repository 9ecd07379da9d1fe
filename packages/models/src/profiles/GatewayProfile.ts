/** A gateway as data: where it is, how it wants to be spoken to, and what it offers. */
import type { Dialect } from "@sluice/errors";
import type { PipelineName } from "../Pipeline.ts";

/** A statement about a gateway, with where and when it was read. */
export interface Note {
  readonly text: string;
  readonly source: string;
  readonly asOf: string;
}

export interface GatewayProfile {
  readonly name: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** `none`: a key is never sent there; `optional`: sent when there is one; `required`: no call without one. */
  readonly auth: "none" | "optional" | "required";
  readonly dialect: Dialect;
  readonly pipelines: ReadonlyArray<PipelineName>;
  readonly status: "supported" | "legacy" | "retired";
  readonly notes: ReadonlyArray<Note>;
}
