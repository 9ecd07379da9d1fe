/**
 * By what the figures are split, kept few whatever the events say: a label that is new with each request would be a new
 * series with each request. A model that nobody has named is `other`; so is a gateway too many.
 */
import { catalog } from "@sluice/models";
import type { Asked } from "../CallEvent.ts";
import { safeGateway } from "../export/safeNames.ts";
import { operations } from "../operations.ts";

export interface Labels {
  readonly gateway: string;
  readonly pipeline: string;
  /** Empty where there is none: of a download. */
  readonly model: string;
}

export const other = "other";

/** Nobody has more; gateways without a profile are named by their URL, which a program could make up anew each time. */
const mostGateways = 32;

const catalogued: ReadonlyArray<string> = catalog.map(({ model }) => model);

export class Labeller {
  readonly #models: ReadonlySet<string>;
  readonly #gateways = new Set<string>();

  /** `models`: those that are known beside the catalog's, in their exact spelling. */
  constructor(models: ReadonlyArray<string>) {
    this.#models = new Set([...catalogued, ...models]);
  }

  readonly labelsOf = ({ gateway, pipeline, model = "" }: Asked): Labels => ({
    gateway: this.#gatewayOf(gateway),
    pipeline: pipelineLabel(pipeline),
    model: model === "" || this.#models.has(model) ? model : other,
  });

  #gatewayOf(name: string): string {
    const label = safeGateway(name);
    if (this.#gateways.has(label)) return label;
    if (this.#gateways.size >= mostGateways) return other;
    this.#gateways.add(label);
    return label;
  }
}

/** One of those that there are. */
export const pipelineLabel = (name: string): string => (Object.hasOwn(operations, name) ? name : other);
