import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSessionPools } from "../../src/warmth/readSessionPools.ts";
import { lightning, llama, pools, turbo } from "./samples.ts";

const now = Date.parse("2026-11-23T00:05:00Z");
const reading = { at: now, source: "127.0.0.1:5935/getAISessionPoolsInfo", gateway: "mine" };
const read = (json: unknown) => readSessionPools(json, reading);

describe("a gateway's session pools", () => {
  it("say whom the next request would go to, as of the gateway's last search", () => {
    const from = { ...reading, from: "pool" } as const;
    expect(read(JSON.parse(pools))).toEqual({
      evidence: [
        {
          ...from,
          pipeline: "text-to-image",
          model: lightning,
          says: "warm",
          orchestrators: 2,
          at: Date.parse("2026-11-23T00:00:00.123Z"),
        },
        {
          ...from,
          pipeline: "text-to-image",
          model: turbo,
          says: "cold",
          orchestrators: 1,
          at: Date.parse("2026-11-22T23:02:03Z"),
        },
        // Of its two suspended orchestrators, one has served its time.
        { ...from, pipeline: "llm", model: llama, says: "failing", orchestrators: 1, at: now - 300_000 },
        { ...from, pipeline: "audio-to-text", model: "openai/whisper-large-v3", says: "absent", orchestrators: 0 },
      ],
      problems: [],
    });
  });

  const pool = { warm: { size: 1 }, cold: { size: 0 } };

  it.each([
    ["27_a_b_c", "text-to-image", "a_b_c"],
    ["35_segment_anything_2", "live-video-to-video", "segment_anything_2"],
    ["segment-anything-2_facebook/sam2_x", "segment-anything-2", "facebook/sam2_x"],
    ["27_", "text-to-image", ""],
  ])("keep the underscores of a model in %s", (key, pipeline, model) => {
    expect(read({ [key]: pool }).evidence).toEqual([
      { ...reading, pipeline, model, from: "pool", says: "warm", orchestrators: 1 },
    ]);
  });

  it.each(["5_h264", "37_mine", "-2_a", "99_"])("leave out %j, whose capability is no pipeline", (key) => {
    expect(read({ [key]: pool })).toEqual({ evidence: [], problems: [] });
  });

  it.each(["foo", "27", "", "_", "_a", "2x_a", "text-to-video_a"])("do not have a key such as %j", (key) => {
    const message = 'is no capability and model, such as "27_stabilityai/sd-turbo"';
    expect(read({ [key]: pool })).toEqual({ evidence: [], problems: [{ path: key, message }] });
  });

  it.each(["never", "0001-01-01T00:00:00Z", "2026-11-23T00:05:00.001Z", ""])(
    "are of the time of reading when the last search was %j",
    (last_refresh) => {
      expect(read({ "27_a": { ...pool, last_refresh } }).evidence[0]?.at).toBe(now);
    },
  );

  it("are empty before the first request", () => {
    expect(read(JSON.parse("{}\n"))).toEqual({ evidence: [], problems: [] });
  });
});

describe("an answer that is not as expected", () => {
  it.each([
    [null, ""],
    [[], ""],
    [{ foo: 1 }, "foo"],
    [{ "27_a": null }, "27_a"],
    [{ "27_a": { warm: { size: 1 } } }, "27_a.cold"],
    [{ "27_a": { warm: { size: -1 }, cold: { size: 0 } } }, "27_a.warm.size"],
    [{ "27_a": { warm: { size: 0 }, cold: { size: 0 }, suspended: { list: { x: "y" } } } }, "27_a.suspended.list.x"],
  ])("%j: the problem is at %j", (json, path) => {
    const { evidence, problems } = read(json);
    expect(evidence).toEqual([]);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
  });

  it("does not hide the pools beside it", () => {
    const { evidence, problems } = read({ "27_a": 1, "27_b": { warm: { size: 1 }, cold: { size: 0 } } });
    expect([evidence.map(({ model }) => model), problems.map(({ path }) => path)]).toEqual([["b"], ["27_a"]]);
  });

  it("never throws", () => {
    const keys = fc.oneof(fc.string(), fc.constantFrom("27_a", "__proto__", "33_b"));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(keys, fc.anything())), (json) => {
        expect(Array.isArray(read(json).evidence)).toBe(true);
      }),
    );
  });
});
