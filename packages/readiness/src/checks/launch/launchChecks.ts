/** Who is told, and who is called. In the order of the report. */
import type { Check } from "../Check.ts";
import { incidentContact } from "./incidentContact.ts";
import { statusPage } from "./statusPage.ts";

export const launchChecks: ReadonlyArray<Check> = [statusPage, incidentContact];
