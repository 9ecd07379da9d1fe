/** The capabilities of one's own behind the gateway: who runs which, and who has room for another job. */
import * as Effect from "effect/Effect";
import type * as Option from "effect/Option";
import type { Dice } from "../dice.ts";
import { first, type Orchestrator, second } from "../orchestrators.ts";
import type { ByocCapability } from "./ByocCapability.ts";
import type { Job } from "./job.ts";
import { type WholeAnswer, wholeAnswer, type WorkerAnswer, workerAnswer, type WorkerRequest } from "./worker.ts";

export class Workers {
  /** Whether the gateway goes on to the next orchestrator when one has finished its stream. */
  readonly duplicateSse: boolean;
  /** The names of the capabilities. */
  readonly names: ReadonlyArray<string>;
  readonly #capabilities: ReadonlyMap<string, ByocCapability>;
  readonly #dice: Dice;
  /** Jobs that run now, by capability and orchestrator. */
  readonly #running = new Map<string, number>();

  constructor(capabilities: Readonly<Record<string, ByocCapability>>, duplicateSse: boolean, dice: Dice) {
    this.#capabilities = new Map(Object.entries(capabilities));
    this.names = [...this.#capabilities.keys()].sort();
    this.duplicateSse = duplicateSse;
    this.#dice = dice;
  }

  /** Who can run the job now, in the order in which they will be asked, which is chance's. */
  available({ capability, orchestrators: { include, exclude } }: Job): ReadonlyArray<Orchestrator> {
    const shuffled = this.#dice.chance(0.5) ? [first, second] : [second, first];
    return shuffled.filter(
      ({ url }) =>
        !exclude.includes(url) && (include.length === 0 || include.includes(url)) && this.#hasRoom(capability, url),
    );
  }

  /** Nothing when the orchestrator fails: it has no room any more, or the job takes longer than the client allows. */
  run(
    { url }: Orchestrator,
    { capability, timeoutSeconds }: Job,
    request: WorkerRequest,
  ): Effect.Effect<Option.Option<WorkerAnswer>> {
    const settings = this.#capabilities.get(capability);
    if (settings === undefined || !this.#hasRoom(capability, url)) return Effect.succeedNone;
    const key = `${capability} ${url}`;
    const count = (by: number) =>
      Effect.sync(() => {
        this.#running.set(key, (this.#running.get(key) ?? 0) + by);
      });
    const job = Effect.sleep(settings.latencyMs ?? 0).pipe(
      Effect.map(() => workerAnswer(settings, request)),
      Effect.timeoutOption(Math.max(0, timeoutSeconds * 1_000)),
    );
    return Effect.acquireUseRelease(
      count(1),
      () => job,
      () => count(-1),
    );
  }

  /** Gives the worker word of a video stream that it runs. */
  tell({ capability }: Job, request: WorkerRequest): WholeAnswer {
    return wholeAnswer(this.#capabilities.get(capability) ?? {}, request);
  }

  /** What the network meters for one run of a job: whole seconds. */
  seconds({ capability }: Job): number {
    return Math.max(1, Math.ceil((this.#capabilities.get(capability)?.latencyMs ?? 0) / 1_000));
  }

  #hasRoom(capability: string, url: string): boolean {
    const settings = this.#capabilities.get(capability);
    return settings !== undefined && (this.#running.get(`${capability} ${url}`) ?? 0) < (settings.capacity ?? Infinity);
  }
}
