/** What a person sees while no text comes: who is waited for, and why the call begins again. */
import type { AttemptEnded, CallEvent } from "@sluice/telemetry";
import { formatDuration } from "../duration.ts";
import type { OutputShape } from "../output/Output.ts";

export const chatProgress = (output: Pick<OutputShape, "note" | "status">): ((event: CallEvent) => void) => {
  let last: AttemptEnded | undefined;
  return (event) => {
    const { type, gateway, model = "the model" } = event;
    switch (type) {
      case "attempt-started":
        output.status(`waiting for ${model} on ${gateway}`);
        return;
      case "attempt-ended":
        last = event;
        return;
      case "waiting": {
        const wait = event.waitMs === undefined ? "" : ` ${formatDuration(event.waitMs)}`;
        if (event.for === "retry") {
          const how = `${last?.status ?? "no answer"} after ${formatDuration(last?.ms ?? 0)}`;
          output.note(`  attempt ${event.attempt}  ${how}  ${event.reason?.code ?? ""}  next try in${wait}`);
        } else output.status(`waiting${wait} for a turn at ${gateway}`);
        return;
      }
      case "call-ended":
        output.status(undefined);
    }
  };
};
