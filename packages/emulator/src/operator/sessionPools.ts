/**
 * `GET /getAISessionPoolsInfo`: for each model that was asked for since the gateway started, whom it would send the next
 * request to (server/handlers.go at 176aa415). A real gateway looks for orchestrators every ten minutes; this one looks
 * whenever it is asked, so that its pools are never out of date, and it suspends nobody.
 */
import type { ListedModel } from "../Models.ts";
import { first } from "../orchestrators.ts";
import { capabilityOf } from "./capabilities.ts";
import type { Network } from "./operatorHandler.ts";

/** `now` in Unix milliseconds. */
export const sessionPools = ({ models, capacity }: Network, now: number): object => {
  const listed = models.listed(now);
  const pools = models.asked.map(({ pipeline, model }) => {
    const found = listed.find((one) => one.pipeline === pipeline && one.model === model);
    return [`${capabilityOf[pipeline]}_${model}`, poolsOf(found, capacity.running(pipeline, model), now)] as const;
  });
  return Object.fromEntries(pools.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const poolsOf = (found: ListedModel | undefined, running: number, now: number): object => ({
  cold: found?.warm === false ? poolOfOne(running) : emptyPool,
  warm: found?.warm === true ? poolOfOne(running) : emptyPool,
  last_refresh: goTime(now),
  suspended: { list: {}, current_count: 1 },
});

/** Go writes a slice that was never added to as `null`. */
const emptyPool = { size: 0, in_use: 0, orchestrators: null };

const poolOfOne = (running: number): object => ({
  size: 1,
  in_use: running > 0 ? 1 : 0,
  orchestrators: [{ url: first.url, latency_score: 0, in_flight: running }],
});

/** RFC 3339, without zeros at the end of the second's fraction. */
const goTime = (at: number): string => new Date(at).toISOString().replace(/\.?0*Z$/, "Z");
