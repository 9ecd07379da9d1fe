/** The calculator against a gateway: what is priced is what the emulator meters, and a probe's price is what it would cost. */
import { startEmulator } from "@sluice/emulator";
import { defaultModel, type InputOf, pipelines, probeOf, readMedia, type RequestOf, runProbes } from "@sluice/models";
import { type Job, quote, units } from "@sluice/pricing";
import { assert, describe, it } from "vitest";
import { gif, wav } from "./pipelines/samples.ts";

type Batch = Exclude<keyof typeof pipelines, "live-video-to-video">;

/** Sends a request as its pipeline's wire wants it. */
const send = (url: string, name: Batch, request: object): Promise<Response> => {
  const { path, wire } = pipelines[name];
  if (wire === "json") return fetch(url + path, { method: "POST", body: JSON.stringify(request) });
  const body = new FormData();
  for (const [field, value] of Object.entries(request)) {
    if (value instanceof Uint8Array) body.append(field, new Blob([new Uint8Array(value)]), "file");
    else body.append(field, String(value));
  }
  return fetch(url + path, { method: "POST", body });
};

const jobOf = async <Name extends Batch>(pipeline: Name, input: InputOf<Name>): Promise<Job> => {
  const request = pipelines[pipeline].input.parse(input) as RequestOf<Name> & Record<string, unknown>;
  return { pipeline, request, facts: await readMedia(pipeline, request) };
};

const job = <Name extends Batch>(name: Name, input: InputOf<Name>) => ({ name, input });

const jobs = [
  job("text-to-image", { prompt: "a fox", width: 1024, height: 576, num_images_per_prompt: 3 }),
  job("image-to-image", { prompt: "winter", image: gif(768, 760), num_images_per_prompt: 2 }),
  job("image-to-video", { image: gif(100, 50), fps: 30, width: 512, height: 256 }),
  job("upscale", { prompt: "a fox", image: gif(123, 457) }),
  job("audio-to-text", { audio: wav(2.9) }),
  job("segment-anything-2", { image: gif(640, 427) }),
  job("llm", { messages: [{ role: "user", content: "Hi" }], max_tokens: 77 }),
  job("image-to-text", { image: gif(31, 1) }),
  job("text-to-speech", { text: "Grüße, 世界 🦊" }),
];

describe("the units of a call", () => {
  it.each(jobs)("of $name are those that a gateway meters", async ({ name, input }) => {
    await using emulator = await startEmulator();
    const priced = await jobOf(name, input as InputOf<typeof name>);
    const answer = await send(emulator.url, name, priced.request);
    assert.strictEqual(answer.status, 200, await answer.text());
    const [entry] = emulator.journal();
    assert.strictEqual(units(priced).units, BigInt(entry?.units ?? -1));
  });
});

describe("probes within a budget", () => {
  const pipeline = "segment-anything-2";
  const maxCost = 1_000n;

  const probing = async (model: string) => {
    await using emulator = await startEmulator();
    const steps = runProbes(
      { pipeline, model, gateway: "emulator", maxCost },
      {
        quote: async (probe) => {
          const { amount } = quote(await jobOf(pipeline, probe.input as InputOf<typeof pipeline>));
          return amount === "unknown" ? undefined : amount;
        },
        send: async (probe) => {
          const answer = await send(emulator.url, pipeline, probe.input).catch(() => undefined);
          return { outcome: answer?.status === 200 ? "answered" : "closed", ms: 5 };
        },
        now: () => 0,
      },
    );
    const seen: Array<readonly [said: string, spent: bigint]> = [];
    for await (const step of steps) {
      seen.push([step.kind === "probed" ? step.evidence.says : step.why, step.spent]);
    }
    return seen;
  };

  it("stop at a model that answers as a warm one does", async () => {
    assert.deepStrictEqual(await probing("facebook/sam2-hiera-large"), [
      ["warm", 132n],
      ["warm", 132n],
    ]);
  });

  it("never spend more", async () => {
    const steps = await probing("facebook/sam3");
    assert.deepStrictEqual(steps.at(-1), ["budget", 924n]);
    assert.lengthOf(steps, 8);
  });
});

describe("the probe of a pipeline's default model", () => {
  it.each(jobs)("is taken by a gateway, for at most half a cent (a video: 2.5): $name", async ({ name }) => {
    await using emulator = await startEmulator();
    const probe = probeOf(name, defaultModel(name));
    if (!probe.ok) throw new Error(probe.reason);
    const priced = await jobOf(name, probe.input as InputOf<typeof name>);
    const answer = await send(emulator.url, name, priced.request);
    assert.strictEqual(answer.status, 200, await answer.text());
    const { amount } = quote(priced);
    assert.isTrue(
      amount !== "unknown" && amount <= (name === "image-to-video" ? 25_000_000n : 5_000_000n),
      `${amount}`,
    );
    assert.strictEqual(emulator.journal()[0]?.units, Number(units(priced).units));
  });
});
