/**
 * For every preflight rule: requests that break it, and near misses that do not. A request breaks only the rule that it is
 * listed under, unless it says what else.
 */
import { gatewayCases } from "./gatewayCases.ts";
import { mediaCases } from "./mediaCases.ts";
import { modelCases } from "./modelCases.ts";
import type { Cases } from "./Request.ts";

export const cases: Readonly<Record<string, Cases>> = { ...gatewayCases, ...mediaCases, ...modelCases };
