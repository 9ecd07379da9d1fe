/** Slow calls, cold ones, and who is told apart. */
import { describe, expect, it } from "vitest";
import { attempt, call, fired, inOrder, replay, said, type Sort, spread } from "./traffic.ts";

/** One call in ten is of this sort. */
const tenth =
  (sort: Sort, rest: Sort = {}) =>
  (number: number): Sort =>
    number % 10 === 0 ? sort : rest;

const firedBy = (sort: Sort, rest: Sort = {}) => fired(replay(spread(call, 0, 60, 10, tenth(sort, rest)), 60));

describe("slow calls", () => {
  it("fire LivepeerSlow when more than 5 % take longer than 10 s", () => {
    expect(firedBy({ ms: 10_001 })).toEqual(["LivepeerSlow"]);
    expect(firedBy({ ms: 10_000 })).toEqual([]);
    expect(said(replay(spread(call, 0, 60, 10, tenth({ ms: 60_000 })), 60))).toEqual([
      "LivepeerSlow pending 2",
      "LivepeerSlow firing 22",
    ]);
    const twentieth = (number: number): Sort => ({ ms: number % 20 === 19 ? 60_000 : 100 });
    expect(replay(spread(call, 0, 60, 10, twentieth), 60)).toEqual([]);
  });

  it("are those of warm models that gave a result", () => {
    const rest: Sort = { coldStart: false };
    const twentieth = (number: number): Sort => (number % 20 === 0 ? { ms: 60_000, coldStart: true } : rest);
    expect(replay(spread(call, 0, 60, 10, twentieth), 60)).toEqual([]);
    expect(firedBy({ ms: 60_000, outcome: "SLUICE-422-INVALID-REQUEST" })).toEqual([]);
    expect(fired(replay(spread(attempt, 0, 60, 10, { ms: 60_000 }), 60))).toEqual([]);
  });

  it.each(["llm", "image-to-image", "segment-anything-2", "image-to-text", "text-to-speech"])(
    "of %s too",
    (pipeline) => {
      expect(firedBy({ pipeline, ms: 10_001 }, { pipeline })).toEqual(["LivepeerSlow"]);
    },
  );

  it.each(["image-to-video", "upscale", "audio-to-text"])("of %s are those of more than 120 s", (pipeline) => {
    expect(firedBy({ pipeline, ms: 120_000 }, { pipeline })).toEqual([]);
    expect(firedBy({ pipeline, ms: 120_001 }, { pipeline })).toEqual(["LivepeerLongJobsSlow"]);
  });

  it.each(["live-video-to-video", "download", "another"])("of %s are none", (pipeline) => {
    expect(replay(spread(call, 0, 60, 10, { pipeline, ms: 200_000 }), 60)).toEqual([]);
  });
});

describe("cold starts", () => {
  it("fire when they are more than 10 % of the calls that succeed", () => {
    expect(firedBy({ coldStart: true })).toEqual([]);
    const more = (number: number): Sort => ({ coldStart: number % 9 === 0 });
    expect(fired(replay(spread(call, 0, 60, 9, more), 60))).toEqual(["LivepeerColdStarts"]);
    const failed = (number: number): Sort => (number % 9 === 0 ? { coldStart: true, outcome: "SLUICE-503-COLD" } : {});
    const burns = ["LivepeerErrorBudgetLeak", "LivepeerErrorBudgetSlowBurn"];
    expect(fired(replay(spread(call, 0, 60, 9, failed), 60))).toEqual(burns);
    const outage: Sort = { coldStart: true, outcome: "SLUICE-503-COLD" };
    // Of each 18 calls 9 succeed, one of them cold.
    const half = (number: number): Sort => (number % 2 === 1 ? outage : { coldStart: number % 18 === 0 });
    expect(fired(replay(spread(call, 0, 60, 18, outage), 60))).not.toContain("LivepeerColdStarts");
    expect(fired(replay(spread(call, 0, 60, 18, half), 60))).toContain("LivepeerColdStarts");
  });
});

describe("gateways and pipelines", () => {
  const cold = "SLUICE-503-COLD";

  it("are told of one by one, in their order", () => {
    const events = inOrder(
      spread(attempt, 0, 30, 20, { gateway: "b", outcome: cold }),
      spread(attempt, 0, 30, 20, { gateway: "a", pipeline: "upscale", outcome: cold }),
      spread(attempt, 0, 30, 20, { gateway: "a", pipeline: "llm", outcome: cold }),
      spread(attempt, 0, 30, 2_000, { gateway: "c" }),
      spread(attempt, 0, 30, 2_000, { gateway: "b", pipeline: "llm" }),
    );
    const where = replay(events, 30).map(({ state, gateway, pipeline }) => `${state} ${gateway} ${pipeline}`);
    expect(where).toEqual(
      ["pending", "firing"].flatMap((state) => [`${state} a llm`, `${state} a upscale`, `${state} b text-to-image`]),
    );
  });

  it("do not add up to an alert that none of them has", () => {
    const few = ["a", "b", "c"].map((gateway) => spread(attempt, 0, 4, 1, { gateway, outcome: cold }));
    expect(replay(inOrder(...few), 60)).toEqual([]);
  });
});
