/** The models behind the gateway: warm, loading since their first request, or absent. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { documentedModels, type ModelBehaviour } from "./Settings.ts";

/** `ready`: it runs now; `unavailable`: it loads, and the gateway says 503; `absent`: no orchestrator has it. */
export type Admission = "ready" | "unavailable" | "absent";

export class Models {
  readonly #behaviours: ReadonlyMap<string, ModelBehaviour>;
  /** When each cold model that was asked for will have loaded, in Unix milliseconds. */
  readonly #loadedAt = new Map<string, number>();

  constructor(models: Readonly<Record<string, ModelBehaviour>>) {
    this.#behaviours = new Map(Object.entries({ ...documentedModels, ...models }));
  }

  /** Asks for a model. Holds the caller while a model loads whose gateway holds requests. */
  admit(model: string): Effect.Effect<Admission> {
    return Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const behaviour = this.#behaviours.get(model);
      if (behaviour === undefined || behaviour.state === "absent") return Effect.succeed("absent");
      if (behaviour.state === "warm") return Effect.succeed("ready");
      const loadedAt = this.#loadedAt.get(model) ?? now + behaviour.loadMs;
      this.#loadedAt.set(model, loadedAt);
      if (now >= loadedAt) return Effect.succeed("ready");
      return behaviour.meanwhile === "503"
        ? Effect.succeed("unavailable")
        : Effect.as(Effect.sleep(loadedAt - now), "ready" as const);
    });
  }
}
