/** A Livepeer AI gateway to practise on. */
export { type Emulator, EmulatorNotStarted, make as makeEmulator } from "./Emulator.ts";
export type { JournalEntry } from "./Journal.ts";
export { type EmulatorSettings, type Fault, type FaultKind, faultKinds, type ModelBehaviour } from "./Settings.ts";
export { type RunningEmulator, startEmulator } from "./startEmulator.ts";
export { type StudioKey, studioKeys, studioOrigin } from "./studio/keys.ts";
