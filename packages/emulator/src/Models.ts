/** The models behind the gateway, each on its pipelines: warm, loading since their first request, or absent. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { type BatchPipeline, documentedModels } from "./documentedModels.ts";
import type { ModelBehaviour } from "./Settings.ts";

/** `ready`: it runs now; `unavailable`: it loads, and the gateway says 503. */
export type Admission = "ready" | "unavailable";

const documented = new Set(Object.values(documentedModels).flatMap((models) => Object.keys(models)));

export class Models {
  readonly #settings: ReadonlyMap<string, ModelBehaviour>;
  /** When each cold model that was asked for will have loaded, in Unix milliseconds. */
  readonly #loadedAt = new Map<string, number>();

  constructor(settings: Readonly<Record<string, ModelBehaviour>>) {
    this.#settings = new Map(Object.entries(settings));
  }

  /** Whether an orchestrator has the model for the pipeline. */
  has(pipeline: BatchPipeline, model: string): boolean {
    return this.#behaviour(pipeline, model).state !== "absent";
  }

  /** Asks for a model that there is. Holds the caller while a model loads whose gateway holds requests. */
  admit(pipeline: BatchPipeline, model: string): Effect.Effect<Admission> {
    return Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const behaviour = this.#behaviour(pipeline, model);
      if (behaviour.state !== "cold") return Effect.succeed("ready");
      // Each pipeline has containers of its own.
      const container = `${pipeline} ${model}`;
      const loadedAt = this.#loadedAt.get(container) ?? now + behaviour.loadMs;
      this.#loadedAt.set(container, loadedAt);
      if (now >= loadedAt) return Effect.succeed("ready");
      return behaviour.meanwhile === "503"
        ? Effect.succeed("unavailable")
        : Effect.as(Effect.sleep(loadedAt - now), "ready" as const);
    });
  }

  /** A documented model serves its own pipelines, also where a setting says how it behaves; any other serves them all. */
  #behaviour(pipeline: BatchPipeline, model: string): ModelBehaviour {
    const models = documentedModels[pipeline];
    const own = Object.hasOwn(models, model) ? models[model] : undefined;
    const serves = own !== undefined || !documented.has(model);
    return (serves ? this.#settings.get(model) : undefined) ?? own ?? { state: "absent" };
  }
}
