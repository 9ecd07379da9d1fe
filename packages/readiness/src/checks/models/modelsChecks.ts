/** Which models production waits for. In the order of the report. */
import type { Check } from "../Check.ts";
import { loadTested } from "./loadTested.ts";
import { warmModels } from "./warmModels.ts";

export const modelsChecks: ReadonlyArray<Check> = [warmModels, loadTested];
