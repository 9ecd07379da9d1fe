/** A Livepeer AI gateway to practise on. */
export type { ByocCapability } from "./byoc/ByocCapability.ts";
export { type Emulator, EmulatorNotStarted, make as makeEmulator } from "./Emulator.ts";
export type { JournalEntry } from "./Journal.ts";
export { type Fault, type FaultKind, faultKinds, parseFault } from "./Fault.ts";
export type { Latency } from "./Latency.ts";
export type { ColdStart, EmulatorSettings, ModelBehaviour } from "./Settings.ts";
export { type RunningEmulator, startEmulator } from "./startEmulator.ts";
export { type StudioKey, studioKeys, studioOrigin } from "./studio/keys.ts";
