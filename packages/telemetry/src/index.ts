/** How calls to Livepeer AI gateways are going: the vocabulary of their events, and their OpenTelemetry names. */
export { type Attributes, attributesOf, spanNameOf } from "./attributesOf.ts";
export type * from "./CallEvent.ts";
export type { Cost } from "./Cost.ts";
export { disorderIn } from "./disorderIn.ts";
export { type Operation, operationDurationBounds, operations } from "./operations.ts";
export { classOf, type OutcomeClass, outcomeClasses } from "./outcomes.ts";
