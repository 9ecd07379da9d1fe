/** What somebody saw of one model's warmth, and when. Evidence is never changed, only added to; it counts less as it ages. */
import type { PipelineName } from "../Pipeline.ts";

/**
 * `network`: what orchestrators say of themselves (`/getNetworkCapabilities`). `pool`: whom a gateway would ask
 * (`/getAISessionPoolsInfo`). `probe`, `call`: how a request ended.
 */
export type EvidenceKind = "network" | "pool" | "probe" | "call";

/**
 * `warm`: it ran. `cold`: it is there, and not loaded. `absent`: nobody has it. `failing`: no orchestrator ran it, and
 * the answer does not tell cold from absent; weak, because a price cap or a bad file looks the same.
 */
export type Sign = "warm" | "cold" | "absent" | "failing";

export interface Evidence {
  readonly pipeline: PipelineName;
  readonly model: string;
  /** The gateway's name or base URL, where the finding is one gateway's. */
  readonly gateway?: string;
  readonly from: EvidenceKind;
  readonly says: Sign;
  /** Unix time in milliseconds. */
  readonly at: number;
  /** How long the answer took, in milliseconds. */
  readonly ms?: number;
  /** It took so long that the model must have been cold before. */
  readonly coldStart?: true;
  /** How many orchestrators it is a finding of. */
  readonly orchestrators?: number;
  /** Requests that those orchestrators can run at once, and run now; absent where they do not say. */
  readonly capacity?: { readonly total: number; readonly inUse: number };
  /** For a person: an address, a command, a request's id. */
  readonly source: string;
}
