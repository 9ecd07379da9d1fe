/** What has stood in the way of one call so far. Most calls meet nothing, and have none. */
import type { ColdOrNoCapacity, GatewayError } from "@sluice/errors";
import type { ColdGate } from "../routes/ColdGate.ts";
import type { Standing } from "../routes/Standing.ts";

export class Setbacks {
  /** How the last attempt on each of its legs failed. */
  readonly failures = new Map<Standing, GatewayError>();
  /** Gates whose model was found cold in this round. */
  readonly cold = new Set<ColdGate>();
  /** What the call was told of models that are cold. */
  readonly coldness = new Map<ColdGate, ColdOrNoCapacity>();
}
