/** `x-emulator-scenario`: a fault that a request asks for itself. It comes before those of the settings, and uses none up. */
import { type Fault, parseFault } from "./Fault.ts";
import type { Incoming } from "./gateway/Incoming.ts";

export const scenarioHeader = "x-emulator-scenario";

export type Scenario =
  { readonly ok: true; readonly fault: Fault | undefined } | { readonly ok: false; readonly message: string };

export const scenarioOf = ({ headers }: Incoming): Scenario => {
  const text = headers[scenarioHeader];
  if (typeof text !== "string") return { ok: true, fault: undefined };
  try {
    const fault = parseFault(text);
    if (fault.times === undefined && fault.rate === undefined) return { ok: true, fault };
    return { ok: false, message: `${scenarioHeader} is for one request: leave x2 and 10% to the emulator's settings` };
  } catch (error) {
    return { ok: false, message: `${scenarioHeader}: ${error instanceof Error ? error.message : String(error)}` };
  }
};
