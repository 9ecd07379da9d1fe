/**
 * What is filled in earns its place too: a caller's shortest input, sent as it is, and sent as it is prepared. And the one
 * pipeline for which no gateway helps.
 */
import { startEmulator } from "@sluice/emulator";
import type { PipelineName } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { ask } from "../ask.ts";
import { type Ending, type Fields, own, studio } from "./Case.ts";
import * as ends from "./endings.ts";
import { audio, image, messages, prompt } from "./inputs.ts";
import { prepared, requestOf } from "./send.ts";

const chatModel = "meta-llama/Meta-Llama-3.1-8B-Instruct";
const incomplete = ends.goRefuses("missing required fields");
const model = "SG161222/RealVisXL_V4.0_Lightning";

const units = (count: number): Ending =>
  ends.resultThat(`metered ${count}`, ({ entry }) => {
    assert.strictEqual(entry?.units, count);
  });

const table: ReadonlyArray<
  readonly [what: string, pipeline: PipelineName, input: Fields, raw: Ending, prepared: Ending]
> = [
  ["a model and a size", "text-to-image", { prompt }, ends.closed, units(1_048_576)],
  ["a size", "text-to-image", { prompt, model_id: model }, units(262_144), units(1_048_576)],
  ["the model for an empty one", "text-to-image", { prompt, model_id: "" }, ends.closed, ends.result],
  ["a model", "image-to-image", { prompt, image }, ends.closed, ends.result],
  ["a model", "image-to-video", { image }, ends.closed, ends.result],
  ["a model", "upscale", { prompt, image }, ends.closed, ends.result],
  ["a model", "audio-to-text", { audio }, ends.closed, ends.result],
  ["a model", "segment-anything-2", { image }, ends.closed, ends.result],
  ["a model", "image-to-text", { image }, ends.closed, ends.result],
  ["a model", "text-to-speech", { text: "Good morning." }, ends.closed, ends.result],
  ["a model", "llm", { messages, stream: false, max_tokens: 256 }, incomplete, ends.result],
  ["stream", "llm", { messages, model: chatModel, max_tokens: 256 }, incomplete, ends.result],
  ["max_tokens", "llm", { messages, model: chatModel, stream: false }, incomplete, units(256)],
];

describe("prepare fills in", () => {
  for (const [what, pipeline, input, raw, ready] of table) {
    it(`${what} for ${pipeline}: without it, ${raw.words}; with it, ${ready.words}`, async () => {
      const answer = await prepared(pipeline, input, {});
      const request: Fields = answer.ok ? answer.request : assert.fail("refused");
      await using emulator = await startEmulator();
      for (const [fields, ending] of [
        [input, raw],
        [request, ready],
      ] as const) {
        const heard = await ask(emulator.url, requestOf(pipeline, fields, {}));
        const entry = emulator.journal().at(-1);
        await ending.check({ heard, entry, fetch: (path) => ask(emulator.url, { path }) }, pipeline);
      }
    });
  }
});

describe("live-video-to-video", () => {
  const input = { subscribe_url: "https://example.com/in", publish_url: "https://example.com/out" };

  for (const [gateway, ending] of [
    [own, ends.notFound],
    [studio, ends.studioRefuses(404, "not found")],
  ] as const) {
    it(`pipeline-offered refuses it for ${gateway.profile.name}, which answers ${ending.words}`, async () => {
      const answer = await prepared("live-video-to-video", input, { gateway });
      assert.deepStrictEqual(answer.ok || answer.findings.map(({ rule, path }) => [rule, path]), [
        ["pipeline-offered", ""],
      ]);
      await using emulator = await startEmulator(gateway.settings);
      const heard = await ask(
        emulator.url,
        requestOf("live-video-to-video", { ...input, model_id: "noop", params: {} }, { gateway }),
      );
      await ending.check(
        { heard, entry: undefined, fetch: (path) => ask(emulator.url, { path }) },
        "live-video-to-video",
      );
    });
  }
});
