/**
 * `GET /getNetworkCapabilities`: what each orchestrator says of itself, as go-livepeer writes its protobuf structs with
 * `encoding/json` (common/types.go and net/lp_rpc.pb.go at 176aa415). Zero values are absent: no `warm` means cold.
 */
import type { Capacity } from "../gateway/Capacity.ts";
import type { ListedModel } from "../Models.ts";
import { first, type Orchestrator, second } from "../orchestrators.ts";
import { byocCapability, capabilityNames, capabilityOf, pricesInWei } from "./capabilities.ts";
import type { Network } from "./operatorHandler.ts";

/** The version of the orchestrators. */
const version = "0.9.1";

/** `now` in Unix milliseconds. */
export const networkCapabilities = ({ models, capacity, byoc }: Network, now: number): object => {
  const prices = byoc.map(byocPrice);
  const listed = perCapability(models.listed(now), capacity);
  return {
    capabilities_names: capabilityNames,
    orchestrators: [
      selfOf(first, { PerCapability: listed }, [...pipelinePrices, ...prices]),
      selfOf(second, {}, prices),
    ],
  };
};

const selfOf = ({ url, address }: Orchestrator, constraints: object, prices: ReadonlyArray<object>): object => ({
  address,
  local_address: address,
  orch_uri: url,
  capabilities: { version, constraints },
  price_info: null,
  capabilities_prices: prices.length === 0 ? null : prices,
  hardware: null,
});

const perCapability = (models: ReadonlyArray<ListedModel>, capacity: Capacity): object => {
  const capabilities = Map.groupBy(models, ({ pipeline }) => capabilityOf[pipeline]);
  return Object.fromEntries(
    [...capabilities].map(([number, listed]) => {
      const constraints = listed.map((one): readonly [string, object] => [one.model, constraintOf(one, capacity)]);
      return [number, { models: Object.fromEntries(constraints) }];
    }),
  );
};

const constraintOf = ({ pipeline, model, warm }: ListedModel, capacity: Capacity): object => {
  const running = capacity.running(pipeline, model);
  const places =
    capacity.most === Infinity ? {} : { capacity: capacity.most, ...(running > 0 && { capacityInUse: running }) };
  return { ...(warm && { warm }), ...places };
};

const pipelinePrices = Object.entries(pricesInWei).map(([pipeline, pricePerUnit]) => ({
  pricePerUnit,
  pixelsPerUnit: 1,
  capability: capabilityOf[pipeline as keyof typeof pricesInWei],
  constraint: "default",
}));

/** A price of 0 is absent. */
const byocPrice = (name: string): object => ({ pixelsPerUnit: 1, capability: byocCapability, constraint: name });
