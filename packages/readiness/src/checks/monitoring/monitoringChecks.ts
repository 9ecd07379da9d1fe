/** Whether anybody sees how it goes. In the order of the report. */
import type { Check } from "../Check.ts";
import { billingReviewed } from "./billingReviewed.ts";
import { percentiles } from "./percentiles.ts";
import { statusCodesLogged } from "./statusCodesLogged.ts";
import { serverErrorAlert, unavailableAlert } from "./theAlerts.ts";

export const monitoringChecks: ReadonlyArray<Check> = [
  statusCodesLogged,
  percentiles,
  unavailableAlert,
  serverErrorAlert,
  billingReviewed,
];
