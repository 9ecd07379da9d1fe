/** What it will cost, and who is told. In the order of the report. */
import type { Check } from "../Check.ts";
import { capAndAlert } from "./capAndAlert.ts";
import { projection } from "./projection.ts";
import { studioBudget } from "./studioBudget.ts";

export const costChecks: ReadonlyArray<Check> = [projection, capAndAlert, studioBudget];
