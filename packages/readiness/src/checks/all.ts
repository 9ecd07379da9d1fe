/** Every check, in the order of the report. */
import { authenticationChecks } from "./authentication/authenticationChecks.ts";
import type { Check } from "./Check.ts";
import { costChecks } from "./cost/costChecks.ts";
import { errorsChecks } from "./errors/errorsChecks.ts";
import { gatewayChecks } from "./gateway/gatewayChecks.ts";
import { launchChecks } from "./launch/launchChecks.ts";
import { modelsChecks } from "./models/modelsChecks.ts";
import { monitoringChecks } from "./monitoring/monitoringChecks.ts";

export const checks: ReadonlyArray<Check> = [
  ...gatewayChecks,
  ...authenticationChecks,
  ...errorsChecks,
  ...modelsChecks,
  ...costChecks,
  ...monitoringChecks,
  ...launchChecks,
];
