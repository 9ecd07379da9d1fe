/** The names that a client may call models by: those of the gateway, and aliases for names that clients insist on. */
import type { PipelineName } from "@sluice/models";
import { nearest } from "@sluice/models";
import { Refusal } from "../http/Refusal.ts";

export interface OfferedModel {
  readonly id: string;
  readonly pipelines: ReadonlyArray<PipelineName>;
}

/** A client's name for a model, and the gateway's. */
export type Aliases = Readonly<Record<string, string>>;

/** Held even if none is configured: the one name that every OpenAI client knows, for the model that bears it. */
export const usualAliases: Aliases = { "whisper-1": "openai/whisper-large-v3" };

export class UnknownModel extends Refusal {
  constructor(name: string, known: ReadonlyArray<string>) {
    const meant = nearest(name, known);
    const fix =
      meant === undefined
        ? "Take a name from /v1/models, or ask the operator of this service to make this one an alias."
        : `Did you mean ${meant}?`;
    super("route", `The model "${name.slice(0, 80)}" does not exist here.`, { fix });
  }
}

export class ModelNames {
  readonly #models: () => ReadonlyArray<OfferedModel>;
  readonly #aliases: Aliases;

  constructor(models: () => ReadonlyArray<OfferedModel>, aliases: Aliases) {
    this.#models = models;
    this.#aliases = { ...usualAliases, ...aliases };
  }

  /** Every name once, with the model that it stands for. */
  get all(): ReadonlyMap<string, string> {
    return new Map([...this.#models().map(({ id }) => [id, id] as const), ...Object.entries(this.#aliases)]);
  }

  /** The gateway's name for what a client names; `undefined` leaves the choice to the gateway. Throws an `UnknownModel`. */
  resolve(name: string | null | undefined): string | undefined {
    if (name === undefined || name === null || name === "") return undefined;
    if (Object.hasOwn(this.#aliases, name)) return this.#aliases[name];
    // The list is of what is documented: a gateway may have others, and all of Hugging Face's have an owner. A name
    // without one is another service's, such as gpt-4o, and a gateway would look for it for minutes.
    if (name.includes("/") || this.#models().some(({ id }) => id === name)) return name;
    throw new UnknownModel(name, [...this.all.keys()]);
  }
}
