/** The streams of BYOC that run, and what is known of those that ran. */
import * as Latch from "effect/Latch";
import type { Orchestrator } from "../orchestrators.ts";
import type { Job } from "./job.ts";

export interface RunningStream {
  readonly job: Job;
  /** Opened when the stream has been stopped. */
  readonly stopped: Latch.Latch;
}

export class Streams {
  readonly #running = new Map<string, RunningStream>();
  /** A gateway forgets them only when a stream of the same id starts. */
  readonly #statuses = new Map<string, object>();

  start(id: string, job: Job, { url }: Orchestrator, whepUrl: string): void {
    this.#running.set(id, { job, stopped: Latch.makeUnsafe() });
    this.#statuses.set(id, { orchestrator: url, whep_url: whepUrl });
  }

  running(id: string): RunningStream | undefined {
    return this.#running.get(id);
  }

  status(id: string): object | undefined {
    return this.#statuses.get(id);
  }

  stop(id: string): void {
    this.#running.get(id)?.stopped.openUnsafe();
    this.#running.delete(id);
  }
}
