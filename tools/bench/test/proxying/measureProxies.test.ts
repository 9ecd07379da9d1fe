import { assert, it } from "vitest";
import { type Contestant, direct, floor } from "../../src/proxying/contestants.ts";
import { measureProxies } from "../../src/proxying/measureProxies.ts";

const little = {
  warmUpMs: 50,
  latency: { rounds: 3, times: 20 },
  throughput: { rounds: 1, ms: 100 },
  streams: { rounds: 1, times: 2 },
  growth: { rounds: 0 },
  slow: { rounds: 1, times: 20 },
};

/** Answers every request as the gateway does, but for streams, which it does not have. */
const withoutStreams: Contestant = {
  name: "sluice",
  start: async (gateway) => {
    const running = await floor.start(gateway);
    const { small } = running.requests;
    const stream = Buffer.from(Buffer.from(small).toString().replace("/text-to-image", "/nothing"));
    return { ...running, requests: { ...running.requests, stream } };
  },
};

it("measures who there is, and leaves out of a load who does not do it", async () => {
  const { rows, goals } = await measureProxies([direct, floor, withoutStreams], little);
  const figureOf = (row: string): number => rows.find(({ name }) => name === row)?.median ?? Number.NaN;
  assert.isAbove(figureOf("direct, one at a time, p50"), 0);
  assert.isAbove(figureOf("floor, 64 connections"), 100);
  assert.isAbove(figureOf("floor, CPU per request"), 1);
  assert.isAbove(figureOf("floor, RSS under load"), 20);
  assert.isDefined(rows.find(({ name }) => name === "floor, first text of a stream, added"));
  assert.isUndefined(rows.find(({ name }) => name === "sluice, first text of a stream, added"));
  assert.deepEqual(
    goals.filter(({ met }) => met === undefined).map(({ goal }) => goal),
    [
      "added p50, of Portkey's",
      "requests a second, of Portkey's",
      "growth under uploads, of the floor's",
      "first byte of a stream's text, ms behind direct",
    ],
  );
});
