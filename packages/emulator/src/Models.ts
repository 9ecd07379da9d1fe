/** The models behind the gateway, each on its pipelines: warm, loading since their first request, or absent. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { type BatchPipeline, documentedModels, livePipelines } from "./documentedModels.ts";
import type { ColdStart, ModelBehaviour } from "./Settings.ts";

/** `ready`: it runs now; `unavailable`: it loads, and the gateway says 503. */
export type Admission = "ready" | "unavailable";

/** A model that an orchestrator has for a pipeline. One that loads is not warm yet. */
export interface ListedModel {
  readonly pipeline: BatchPipeline;
  readonly model: string;
  readonly warm: boolean;
}

/** What a request asks of the models behind a gateway. */
export type Served = Pick<Models, "has" | "admit">;

interface Load {
  /** The first is 1. */
  readonly number: number;
  /** In Unix milliseconds. */
  readonly endsAt: number;
}

const documented = new Set(Object.values(documentedModels).flatMap((models) => Object.keys(models)));

export class Models {
  readonly #settings: ReadonlyMap<string, ModelBehaviour>;
  /** The latest load of each cold model that was asked for. */
  readonly #loads = new Map<string, Load>();

  readonly #asked = new Map<string, Omit<ListedModel, "warm">>();

  /** What is not in the settings. */
  readonly #unnamed: ModelBehaviour | undefined;

  /** `cold`: how every model loads that the settings do not name, if they do not leave that to the documents. */
  constructor(settings: Readonly<Record<string, ModelBehaviour>>, cold?: ColdStart) {
    this.#settings = new Map(Object.entries(settings));
    this.#unnamed = cold === undefined ? undefined : { state: "cold", ...cold };
  }

  /** The same models for a door that knows no pipelines' own: every one serves all of them, and one that nobody knows is warm. */
  get welcoming(): Served {
    const behaviourOf = (pipeline: BatchPipeline, model: string): ModelBehaviour =>
      this.#settings.get(model) ?? this.#unnamed ?? documentedModels[pipeline][model] ?? { state: "warm" };
    return {
      has: (pipeline, model) => this.#has(pipeline, model, behaviourOf(pipeline, model)),
      admit: (pipeline, model) => this.#admit(pipeline, model, behaviourOf(pipeline, model)),
    };
  }

  /** Whether an orchestrator has the model for the pipeline. The gateway remembers that it looked for one. */
  has(pipeline: BatchPipeline, model: string): boolean {
    return this.#has(pipeline, model, this.#behaviour(pipeline, model));
  }

  /** Whether an orchestrator runs live video through the pipeline that a request calls its model. */
  hasLive(name: string): boolean {
    const behaviour = this.#settings.get(name);
    return behaviour === undefined ? livePipelines.includes(name) : behaviour.state !== "absent";
  }

  /** Asks for a model that there is. Holds the caller while a model loads whose gateway holds requests. */
  admit(pipeline: BatchPipeline, model: string): Effect.Effect<Admission> {
    return this.#admit(pipeline, model, this.#behaviour(pipeline, model));
  }

  #has(pipeline: BatchPipeline, model: string, { state }: ModelBehaviour): boolean {
    this.#asked.set(containerOf(pipeline, model), { pipeline, model });
    return state !== "absent";
  }

  #admit(pipeline: BatchPipeline, model: string, behaviour: ModelBehaviour): Effect.Effect<Admission> {
    return Effect.flatMap(Clock.currentTimeMillis, (now) => {
      if (behaviour.state !== "cold") return Effect.succeed("ready");
      const { loadMs, meanwhile, failedLoads = 0 } = behaviour;
      const container = containerOf(pipeline, model);
      const latest = this.#loads.get(container);
      const failed = latest !== undefined && latest.number <= failedLoads && latest.endsAt <= now;
      const load =
        latest === undefined || failed ? { number: (latest?.number ?? 0) + 1, endsAt: now + loadMs } : latest;
      this.#loads.set(container, load);
      if (load.endsAt <= now) return Effect.succeed(load.number <= failedLoads ? "unavailable" : "ready");
      if (meanwhile === "503") return Effect.succeed("unavailable");
      return Effect.as(Effect.sleep(load.endsAt - now), load.number <= failedLoads ? "unavailable" : "ready");
    });
  }

  /** What the gateway has looked for since it started, whether anybody has it or not. */
  get asked(): ReadonlyArray<Omit<ListedModel, "warm">> {
    return [...this.#asked.values()];
  }

  /** What the orchestrators have at a time in Unix milliseconds, in the order of pipelines and ids. */
  listed(now: number): ReadonlyArray<ListedModel> {
    return (Object.keys(documentedModels) as ReadonlyArray<BatchPipeline>).flatMap((pipeline) => {
      const ids = new Set([...Object.keys(documentedModels[pipeline]), ...this.#settings.keys()]);
      return [...ids].sort().flatMap((model) => {
        const warm = this.#isWarm(pipeline, model, now);
        return warm === undefined ? [] : [{ pipeline, model, warm }];
      });
    });
  }

  /** `undefined` for a model that nobody has. */
  #isWarm(pipeline: BatchPipeline, model: string, now: number): boolean | undefined {
    const behaviour = this.#behaviour(pipeline, model);
    if (behaviour.state !== "cold") return behaviour.state === "warm" || undefined;
    const load = this.#loads.get(containerOf(pipeline, model));
    return load !== undefined && load.endsAt <= now && load.number > (behaviour.failedLoads ?? 0);
  }

  /** A documented model serves its own pipelines, also where a setting says how it behaves; any other serves them all. */
  #behaviour(pipeline: BatchPipeline, model: string): ModelBehaviour {
    const models = documentedModels[pipeline];
    const own = Object.hasOwn(models, model) ? models[model] : undefined;
    const serves = own !== undefined || !documented.has(model);
    const told = serves ? (this.#settings.get(model) ?? this.#unnamed) : undefined;
    return told ?? own ?? { state: "absent" };
  }
}

/** Each pipeline has containers of its own. */
const containerOf = (pipeline: BatchPipeline, model: string): string => `${pipeline} ${model}`;
