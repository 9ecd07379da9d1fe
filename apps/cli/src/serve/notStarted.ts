/** Why the emulator does not listen, and what to do about it. */
import type { EmulatorNotStarted } from "@sluice/emulator";
import { type Failed, failed } from "../failures/Failed.ts";

const free = "or let the system choose one: sluice serve --port 0";

export const notStarted = ({ message, cause }: EmulatorNotStarted, port: number): Failed => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return failed("SLUICE-PORT", { message, fix: `Stop what listens on ${port}, ${free}.` });
  }
  if (code === "EACCES") return failed("SLUICE-PORT", { message, fix: `Take a port above 1023, ${free}.` });
  if (cause instanceof Error) return failed("SLUICE-PORT", { message });
  // What it was told it cannot be: a line for each mistake.
  const [first = message, ...lines] = message.split("\n");
  return failed("SLUICE-USAGE", { message: first, lines });
};
