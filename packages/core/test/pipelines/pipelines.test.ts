/** Each pipeline through both doors, on the emulator: what is sent, what comes back, and what is said of it. */
import type { PipelineName } from "@sluice/core";
import { startEmulator } from "@sluice/emulator";
import { pipelineNames } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { doors, type Result } from "./doors.ts";
import { samples, wav } from "./samples.ts";

interface Expectation {
  /** As the emulator's journal shows it: of a form, all values are texts. */
  readonly body: object;
  readonly units: number;
  readonly usd: string;
  readonly model: string;
  readonly result: (result: Readonly<Record<string, unknown>>, url: string) => void;
}

const image = { file: "image.gif", bytes: 14, type: "image/gif" };

/** Media are at absolute addresses, with what the gateway says of them. */
const media = (found: unknown, url: string, extension: string, seeds: ReadonlyArray<number | undefined>) => {
  const list = found as ReadonlyArray<{ readonly url: string; readonly seed?: number; readonly nsfw?: boolean }>;
  assert.deepStrictEqual(
    list.map(({ seed }) => seed),
    seeds,
  );
  for (const one of list) {
    assert.match(one.url.slice(url.length), new RegExp(`^/stream/[0-9a-f]{8}/[0-9a-f]{8}\\.${extension}$`));
    assert.strictEqual(one.url.slice(0, url.length), url);
    assert.strictEqual(one.nsfw, one.seed === undefined ? undefined : false);
  }
};

const expectations: Readonly<Record<PipelineName, Expectation>> = {
  "text-to-image": {
    body: {
      model_id: "SG161222/RealVisXL_V4.0_Lightning",
      prompt: "a <red> fox",
      width: 64,
      height: 72,
      safety_check: true,
      seed: 7,
      num_images_per_prompt: 2,
      num_inference_steps: 6,
      guidance_scale: 1.5,
    },
    units: 64 * 72 * 2,
    usd: "0.000175104",
    model: "SG161222/RealVisXL_V4.0_Lightning",
    result: ({ images }, url) => media(images, url, "png", [7, 8]),
  },
  "image-to-image": {
    body: {
      model_id: "timbrooks/instruct-pix2pix",
      prompt: "in winter",
      strength: "0.8",
      safety_check: "true",
      seed: "7",
      num_images_per_prompt: "2",
      image,
    },
    units: 48 * 32 * 2,
    usd: "0.000058594",
    model: "timbrooks/instruct-pix2pix",
    result: ({ images }, url) => media(images, url, "png", [7, 8]),
  },
  "image-to-video": {
    body: {
      model_id: "stabilityai/stable-video-diffusion-img2vid-xt-1-1",
      width: "128",
      height: "64",
      fps: "6",
      motion_bucket_id: "127",
      noise_aug_strength: "0.02",
      safety_check: "true",
      seed: "7",
      num_inference_steps: "25",
      image,
    },
    units: 128 * 64 * 25,
    usd: "0.002777778",
    model: "stabilityai/stable-video-diffusion-img2vid-xt-1-1",
    result: ({ videos, images }, url) => {
      media(videos, url, "mp4", [7]);
      assert.isUndefined(images);
    },
  },
  upscale: {
    body: {
      model_id: "stabilityai/stable-diffusion-x4-upscaler",
      prompt: "a fox",
      safety_check: "true",
      seed: "7",
      num_inference_steps: "75",
      image,
    },
    units: 24 * 16,
    usd: "0.000007325",
    model: "stabilityai/stable-diffusion-x4-upscaler",
    result: ({ images }, url) => media(images, url, "png", [7]),
  },
  "audio-to-text": {
    body: {
      model_id: "openai/whisper-large-v3",
      return_timestamps: "word",
      audio: { file: "audio.wav", bytes: 44 + 44_000, type: "audio/wav" },
    },
    units: 5_000,
    usd: "0.0001",
    model: "openai/whisper-large-v3",
    result: ({ text, chunks }) => {
      assert.strictEqual(text, " The tide comes in at seven. A heron stands where the river bends.");
      const words = chunks as ReadonlyArray<{ readonly text: string; readonly timestamp: ReadonlyArray<number> }>;
      assert.strictEqual(words.map((chunk) => chunk.text).join(""), text);
      assert.deepStrictEqual(words[0], { text: " The", timestamp: [0, 0.42] });
    },
  },
  "segment-anything-2": {
    body: {
      model_id: "facebook/sam2-hiera-large",
      point_coords: "[[120,100]]",
      point_labels: "[1]",
      multimask_output: "true",
      return_logits: "true",
      normalize_coords: "true",
      image,
    },
    units: 640 * 427,
    usd: "0.0000088",
    model: "facebook/sam2-hiera-large",
    result: ({ masks, scores, logits }) => {
      assert.deepStrictEqual(scores, [0.98, 0.61, 0.32]);
      const rows = masks as ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>>;
      assert.deepStrictEqual([rows.length, rows[0]?.length, rows[0]?.[0]?.length], [3, 8, 8]);
      assert.deepStrictEqual(
        rows,
        (logits as typeof rows).map((mask) => mask.map((row) => row.map((value) => (value > 0 ? 1 : 0)))),
      );
    },
  },
  llm: {
    body: {
      model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
      messages: [{ role: "user", content: "Grüß Gott" }],
      temperature: 0.7,
      max_tokens: 9,
      top_p: 1,
      top_k: -1,
      stream: false,
    },
    units: 9,
    usd: "0.00000072",
    model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    result: ({ text, finish_reason, usage, id }) => {
      assert.strictEqual(text, "There is no language model here. You said: Grüß");
      assert.strictEqual(finish_reason, "stop");
      assert.deepStrictEqual(usage, { completion_tokens: 9, prompt_tokens: 2, total_tokens: 11 });
      assert.match(String(id), /^chatcmpl-/);
    },
  },
  "image-to-text": {
    body: { model_id: "Salesforce/blip-image-captioning-large", prompt: "a photo of", image },
    units: 48 * 32,
    usd: "0.000000384",
    model: "Salesforce/blip-image-captioning-large",
    result: ({ text }) => assert.match(String(text), /^a photo of \w+ \w+/),
  },
  "text-to-speech": {
    body: {
      model_id: "parler-tts/parler-tts-large-v1",
      text: "Good morning",
      description: "A male speaker delivers a slightly expressive and animated speech with a moderate speed and pitch.",
    },
    units: 12,
    usd: "0.000018",
    model: "parler-tts/parler-tts-large-v1",
    result: ({ audio }, url) => media([audio], url, "wav", [undefined]),
  },
  "live-video-to-video": {
    body: {
      model_id: "noop",
      subscribe_url: "http://a.example/in",
      publish_url: "http://a.example/out",
      control_url: "",
      events_url: "",
      params: {},
    },
    // It bills while it flows.
    units: 60 * 30 * 720 * 1280,
    usd: "unknown",
    model: "noop",
    result: ({ publish_url, subscribe_url, control_url, events_url }, url) => {
      const [, channel = ""] = /\/ai\/trickle\/([0-9a-f]{8})$/.exec(String(publish_url)) ?? [];
      const at = `${url}/ai/trickle/${channel}`;
      assert.deepStrictEqual(
        [publish_url, subscribe_url, control_url, events_url],
        [at, `${at}-out`, `${at}-control`, `${at}-events`],
      );
    },
  },
};

describe.each(doors)("$name", ({ open }) => {
  it.each(pipelineNames)("calls %s", async (name) => {
    await using emulator = await startEmulator({ liveVideo: true });
    // A gateway does not have live-video-to-video, unless its file says so.
    const { call, close } = open({ gateway: { name: "own", baseUrl: emulator.url, pipelines: pipelineNames } });
    const { meta, ...result }: Result = await call(name, samples[name]);
    const expected = expectations[name];
    const [entry, ...more] = emulator.journal();
    assert.isEmpty(more);
    assert.deepInclude(entry, { method: "POST", path: `/${name}`, status: 200, units: expected.units });
    assert.deepStrictEqual(entry?.body, expected.body);
    expected.result(result, emulator.url);
    assert.deepInclude(meta, { gateway: "own", model: expected.model, coldStart: false });
    assert.notProperty(meta, "requestedModel");
    assert.strictEqual(meta.cost.usd, expected.usd);
    assert.strictEqual(meta.cost.units, expected.usd === "unknown" ? "unknown" : BigInt(expected.units));
    assert.deepStrictEqual(
      meta.attempts.map(({ status, outcome }) => ({ status, outcome })),
      [{ status: 200, outcome: "ok" }],
    );
    await close();
  });

  it("refuses a call that would cost more than it may, by what its file says", async () => {
    await using emulator = await startEmulator();
    const { call, close } = open({ gateway: emulator.url, maxCostUsd: "0.00099999" });
    const error = await call("audio-to-text", { audio: wav(50) }).catch((reason: unknown) => reason);
    assert.deepInclude(error, { _tag: "PriceExceeded", quotedUsd: "0.001", attempts: [] });
    const cheap = await call("upscale", samples.upscale);
    assert.strictEqual(cheap.meta.cost.usd, "0.000007325");
    assert.lengthOf(emulator.journal(), 1);
    await close();
  });

  it("refuses what a gateway would refuse, before it is sent, with the field's name", async () => {
    await using emulator = await startEmulator();
    const { call, close } = open({ gateway: emulator.url });
    const webp = Uint8Array.from([...Buffer.from("RIFF\0\0\0\0WEBPVP8 "), 0, 0, 0, 0]);
    const refused = [
      ["text-to-image", { prompt: " " }, "prompt"],
      ["image-to-image", { prompt: "in winter", image: webp }, "image"],
      ["image-to-video", { image: "fox.png" as never }, "image"],
      ["upscale", { prompt: "a fox" } as never, "image"],
      ["audio-to-text", { audio: wav(0.5) }, "audio"],
      ["segment-anything-2", { ...samples["segment-anything-2"], point_labels: "[1,0]" }, "point_labels"],
      ["llm", { messages: [] }, "messages"],
      ["image-to-text", { image: new Uint8Array() }, "image"],
      ["text-to-speech", { text: "" }, "text"],
    ] as const;
    for (const [name, input, field] of refused) {
      const error = await call(name, input).catch((reason: unknown) => reason);
      assert.deepInclude(error, { _tag: "InvalidRequest", status: null, attempts: [] }, name);
      const { fields } = error as { readonly fields: ReadonlyArray<{ readonly path: string }> };
      assert.strictEqual(fields[0]?.path, field, name);
    }
    assert.isEmpty(emulator.journal());
    await close();
  });

  it("refuses live video where the gateway does not offer it", async () => {
    await using emulator = await startEmulator();
    const { call, close } = open({ gateway: emulator.url });
    const name = "live-video-to-video";
    const error = await call(name, samples[name]).catch((reason: unknown) => reason);
    assert.deepInclude(error, { _tag: "PipelineNotOffered", attempts: [] });
    assert.isEmpty(emulator.journal());
    await close();
  });
});
