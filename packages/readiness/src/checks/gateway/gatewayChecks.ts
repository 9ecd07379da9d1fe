/** Which gateway production calls. In the order of the report. */
import type { Check } from "../Check.ts";
import { gatewayAnswers } from "./gatewayAnswers.ts";
import { productionConfigured } from "./productionConfigured.ts";

export const gatewayChecks: ReadonlyArray<Check> = [productionConfigured, gatewayAnswers];
