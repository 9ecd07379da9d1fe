/** What is known of a call beside its result. */
import type { Attempt } from "@sluice/errors";
import type { Finding } from "@sluice/models";
import type { Cost } from "@sluice/telemetry";
import type { CallLog } from "./CallLog.ts";
import type { Leg } from "./CallPlan.ts";

export interface CallMeta {
  readonly requestId: string;
  /** The gateway that answered. */
  readonly gateway: string;
  /** The model that answered. */
  readonly model: string;
  /** The model that was asked for, where another one answered: the call had failed over. */
  readonly requestedModel?: string;
  readonly attempts: ReadonlyArray<Attempt>;
  /** From the start of the call to the end of the last answer, in milliseconds. */
  readonly durationMs: number;
  /**
   * Whether the call found the model cold, waited while another call did, or took as long as a cold one takes: of a token
   * stream, until its first text.
   */
  readonly coldStart: boolean;
  readonly cost: Cost;
  /** What speaks against the request, and did not keep it from being sent. */
  readonly warnings: ReadonlyArray<Finding>;
}

export const metaOf = (
  log: CallLog,
  { subject, cost, warnings = [] }: Pick<Leg<unknown>, "subject" | "cost" | "warnings">,
  requestedModel: string | undefined,
): CallMeta => {
  if (cost === undefined) throw new Error("every pipeline is priced");
  const { requestId, attempts, coldStart, elapsedMs: durationMs } = log;
  const { gateway, model = "" } = subject;
  const meta = { requestId, gateway, model, attempts, durationMs, coldStart, cost, warnings };
  return requestedModel === undefined ? meta : { ...meta, requestedModel };
};
