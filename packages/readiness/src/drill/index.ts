/** Puts a program through the faults of gateways, and judges what it sends. */
export { drill } from "./drill.ts";
export { type DrillEvent, DrillFailed, type DrillOptions } from "./DrillOptions.ts";
export { DrillReport, type ScenarioId, scenarioIds, ScenarioResult, verdicts } from "./DrillReport.ts";
export { type Pace, usualPace } from "./Pace.ts";
export { scenarios } from "./scenarios/all.ts";
export type { Scenario } from "./scenarios/Scenario.ts";
