/** The last calls to gateways that ended, as telemetry was told of them. In memory, and no more than so many. */
import type { CallEvent } from "@sluice/telemetry";
import { Ring } from "./Ring.ts";

const most = 1_000;

export class RecentCalls {
  readonly #ended = new Ring<CallEvent>(most);

  /** For a client's `onEvent`. It needs no `this`. */
  readonly onEvent = (event: CallEvent): void => {
    if (event.type === "call-ended" && event.pipeline !== "download") this.#ended.add(event);
  };

  /** The oldest first. */
  list(): ReadonlyArray<CallEvent> {
    return this.#ended.list();
  }
}
