/** A client's connections: to its gateways, and apart from those, to the hosts that gateways name. */
import { lookupFor } from "./insideAddresses.ts";
import { Lane } from "./Lane.ts";
import type { Foreign } from "./Transport.ts";

export class Sockets {
  readonly #own = new Lane();
  readonly #foreign = new Map<string, Lane>();

  laneFor(foreign: Foreign | undefined): Lane {
    if (foreign === undefined) return this.#own;
    const key = foreign.gateways.join(" ");
    const known = this.#foreign.get(key);
    if (known !== undefined) return known;
    const lane = new Lane(lookupFor(foreign.gateways));
    this.#foreign.set(key, lane);
    return lane;
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#own, ...this.#foreign.values()].map((lane) => lane.destroy()));
  }
}
