/**
 * What a gateway must do for this client to work with it as it says: one suite for the emulator, in both its dialects, and
 * for a real gateway. Requests are the cheapest that pipelines take.
 */
import { isGatewayError, LivepeerGateway, type LivepeerGatewayOptions, type PipelineName } from "@sluice/core";
import type { Dialect, GatewayErrorTag } from "@sluice/errors";
import { pipelineNames, pipelines, readMedia, resolveGateway } from "@sluice/models";
import { assert, beforeAll, describe, it } from "vitest";
import { loadGateway } from "../../src/settings/gatewayFile.ts";
import { isBatch, probeOn } from "./probes.ts";
import { checkResult } from "./results.ts";
import { type Billed, priceOf } from "./runPrice.ts";

export interface GatewayUnderTest {
  readonly settings: Pick<LivepeerGatewayOptions, "gateway" | "gatewayUrl" | "apiKey">;
  /** What the network has metered for each call so far, in units of its pipeline; absent where nobody can see it. */
  readonly metered?: () => ReadonlyArray<number>;
  /** How many sockets of clients are open; absent where nobody can see it. */
  readonly connections?: () => number;
  readonly close: () => Promise<void>;
}

/** From the cheapest on: what costs a fraction of a cent is called when it does not matter what is called. */
const cheapest: ReadonlyArray<PipelineName> = [
  ...(["llm", "image-to-text", "segment-anything-2", "text-to-speech", "audio-to-text"] as const),
  ...(["upscale", "image-to-image", "text-to-image", "image-to-video"] as const),
];

/** In which classes a model ends that no orchestrator has, by what a gateway of the dialect can say. */
const absence: Readonly<Record<Dialect, ReadonlyArray<GatewayErrorTag>>> = {
  "go-livepeer": ["ColdOrNoCapacity"],
  studio: ["ColdOrNoCapacity"],
  runner: ["InvalidRequest"],
  generic: ["ColdOrNoCapacity", "InvalidRequest", "OutcomeUnknown"],
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

const failureOf = async (call: PromiseLike<unknown>) => {
  const error = await Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isGatewayError(error)) throw new Error("it did not fail with a GatewayError", { cause: error });
  return error;
};

/**
 * Opens the gateway first: only what applies to it becomes a test. `timeoutMs`: how long each test may take. `tell`: where
 * a run's highest price goes.
 */
export const testGateway = async (
  name: string,
  open: () => Promise<GatewayUnderTest>,
  { timeoutMs = 5_000, tell = () => undefined }: { timeoutMs?: number; tell?: (sentence: string) => void } = {},
): Promise<void> => {
  const own = await open();
  const loaded = loadGateway(own.settings);
  const resolved = loaded.ok ? resolveGateway(loaded.choice) : loaded;
  if (!resolved.ok) throw new Error(resolved.fields.map(({ path, message }) => `${path}: ${message}`).join("; "));
  const { profile } = resolved;

  describe(`a gateway: ${name}`, { timeout: timeoutMs }, () => {
    const made = (more: LivepeerGatewayOptions): LivepeerGateway => new LivepeerGateway({ ...own.settings, ...more });
    const client = made({});
    const offers = (pipeline: PipelineName): boolean => profile.pipelines.includes(pipeline);
    const hasChat = offers("llm") && profile.llm === "json";
    const cheap = () => {
      const found = cheapest.find((pipeline) => offers(pipeline) && (pipeline !== "llm" || hasChat));
      if (found === undefined || !isBatch(found)) throw new Error(`${profile.name} offers nothing that can be tried`);
      return { pipeline: found, input: probeOn(profile, found) };
    };

    /** Those that a gateway may bill, each as often as the suite makes it. */
    const billed = (): ReadonlyArray<Billed> => {
      const offered = pipelineNames.filter(isBatch).filter((each) => offers(each) && (each !== "llm" || hasChat));
      const { pipeline, input } = cheap();
      return [
        ...offered.map((each): Billed => [each, probeOn(profile, each)]),
        ...(hasChat ? [["llm", conversation] as const] : []),
        // One is aborted, and one comes to its deadline.
        [pipeline, input],
        [pipeline, input],
      ];
    };

    beforeAll(async () => {
      tell(
        `A run on ${profile.name} (${profile.baseUrl}) costs ${(await priceOf(client, profile, billed())).sentence}.`,
      );
      return async () => {
        await client.close();
        await own.close();
      };
    });

    if (profile.prices === undefined) {
      it("costs cents to try, at Livepeer's indicative prices", async () => {
        const { nanoUsd } = await priceOf(client, profile, billed());
        assert.isTrue(nanoUsd !== undefined && nanoUsd <= 50_000_000n, String(nanoUsd));
      });
    }

    // What is offered beside the batch bills a minute of video before its first frame.
    for (const pipeline of pipelineNames.filter((each) => !offers(each))) {
      it(`says that ${pipeline} is not offered, and sends nothing`, async () => {
        const input = isBatch(pipeline) ? probeOn(profile, pipeline) : live;
        const error = await failureOf(client.run(pipeline, input));
        assert.include(error, { _tag: "PipelineNotOffered", pipeline });
        assert.isEmpty(error.attempts);
      });
    }

    for (const pipeline of pipelineNames.filter(isBatch).filter(offers)) {
      if (pipeline === "llm" && !hasChat) continue;
      it(`gives a result of ${pipeline} that is what it should be, at the price that was quoted`, async () => {
        const input = probeOn(profile, pipeline);
        const { meta, ...result } = await client.run(pipeline, input);
        await checkResult(pipeline, result);
        assert.strictEqual(meta.gateway, profile.name);
        assert.strictEqual(meta.attempts.at(-1)?.outcome, "ok");
        const facts = await readMedia(pipeline, input);
        assert.deepStrictEqual(meta.cost, client.estimate(pipeline, input as never, facts));
        const metered = own.metered?.().at(-1);
        if (metered !== undefined) assert.strictEqual(meta.cost.units, BigInt(metered));
      });
    }

    if (hasChat && profile.streaming === "streamed") {
      it("streams a chat as it is written", async () => {
        const stream = client.chat({ ...conversation, stream: true });
        const texts: Array<string> = [];
        for await (const { text } of stream) texts.push(text);
        const { text, finish_reason: reason, meta } = await stream.final();
        assert.isAbove(texts.length, 1);
        assert.strictEqual(texts.join(""), text);
        assert.notStrictEqual(reason, "");
        const metered = own.metered?.().at(-1);
        if (metered !== undefined) assert.strictEqual(meta.cost.units, BigInt(metered));
      });
    } else if (offers("llm")) {
      it("says that it does not stream chats, and sends nothing", async () => {
        const error = await failureOf(client.chat({ ...conversation, stream: true }).final());
        assert.isTrue(isGatewayError(error, "InvalidRequest"));
        assert.isEmpty(error.attempts);
      });
    }

    if (offers("llm") && !hasChat) {
      it("says that it does not take conversations, and sends nothing", async () => {
        const error = await failureOf(client.run("llm", probeOn(profile, "llm")));
        assert.isTrue(isGatewayError(error, "InvalidRequest"));
        assert.isEmpty(error.attempts);
      });
    }

    if (profile.auth === "required") {
      it("refuses a wrong key at once", async () => {
        const { pipeline, input } = cheap();
        await using stranger = made({ apiKey: "sluice-conformance-no-such-key" });
        const error = await failureOf(stranger.run(pipeline, input));
        assert.strictEqual(error._tag, "Unauthorized");
        assert.lengthOf(error.attempts, 1);
      });
    }

    it("is not sent a wrong request, whose field is named", async () => {
      const before = own.metered?.().length;
      const { pipeline, input } = cheap();
      for (const [field, value] of [
        ["no_such_field", 1],
        [pipelines[pipeline].modelField, " "],
      ] as const) {
        const error = await failureOf(client.run(pipeline, { ...input, [field]: value }));
        if (!isGatewayError(error, "InvalidRequest")) throw error;
        assert.include(
          error.fields.map(({ path }) => path),
          field,
        );
        assert.isEmpty(error.attempts);
      }
      assert.strictEqual(own.metered?.().length, before);
    });

    it("has no answer for a model that nobody has, and says so in the way that is documented", async () => {
      await using once = made({ maxRetries: 0 });
      const { pipeline, input } = cheap();
      const model = "sluice-conformance/no-such-model";
      const error = await failureOf(once.run(pipeline, { ...input, [pipelines[pipeline].modelField]: model }));
      assert.include(absence[profile.dialect], error._tag);
      assert.strictEqual(error.model, model);
      assert.lengthOf(error.attempts, 1);
    });

    it("is left at once by a call that is aborted, and its connection is free", async () => {
      const before = own.connections?.() ?? 0;
      const abort = new AbortController();
      const { pipeline, input } = cheap();
      await using other = made({
        onEvent: ({ type }) => {
          if (type !== "attempt-started") return;
          setImmediate(() => {
            abort.abort();
          });
        },
      });
      const error = await failureOf(other.run(pipeline, input, { signal: abort.signal }));
      assert.strictEqual(error._tag, "Aborted");
      assert.lengthOf(error.attempts, 1);
      while ((own.connections?.() ?? 0) > before) await turn();
    });

    it("is left in time by a call whose deadline comes", async () => {
      const deadlineMs = 20;
      const { pipeline, input } = cheap();
      const began = performance.now();
      const error = await failureOf(client.run(pipeline, input, { timeoutMs: deadlineMs }));
      assert.include(error, { _tag: "DeadlineExceeded", deadlineMs });
      assert.isAtLeast(performance.now() - began, deadlineMs - 1);
      assert.isBelow(performance.now() - began, 2_000);
    });
  });
};

const conversation = {
  messages: [{ role: "user", content: "Count from one to five." }],
  max_tokens: 16,
} as const;

const live = { subscribe_url: "http://127.0.0.1:9/in", publish_url: "http://127.0.0.1:9/out" };
