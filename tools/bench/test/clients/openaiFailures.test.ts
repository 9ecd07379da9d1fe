/**
 * OpenAI's own client, when the gateway fails. It tries again by itself, twice, unless it is told not to: what the service has
 * tried already it must not try once more, because each of its calls would be many.
 */
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { peerVersion } from "../../src/peers.ts";
import { type Chunk, loadOpenai, type Openai, type OpenaiModule, thrownAs, versions } from "./openaiClient.ts";
import { models, serve, type Served, until } from "./serve.ts";

const conversation = { model: models.chat, messages: [{ role: "user", content: "Tell me of foxes." }] };
const hourSeconds = 3_600;

/** In the order of the tests. The service asks twice where a gateway says 500. */
const faults = [
  { kind: "unauthorized", times: 2 },
  { kind: "internal", times: 2 },
  { kind: "stream-truncated", times: 1, tokens: 3 },
  { kind: "silent", times: 1 },
  { kind: "rate-limited", times: 1, retryAfter: String(hourSeconds) },
] as const;

let service: Served;
beforeAll(async () => {
  service = await serve({ emulator: { faults: versions.flatMap(() => faults) } });
});
afterAll(() => service.close());

for (const version of versions) {
  describe(`the client ${version} ${peerVersion(version)}`, () => {
    let module: OpenaiModule;
    let openai: Openai;

    beforeAll(async () => {
      module = await loadOpenai(version);
      openai = new module.default({ baseURL: `${service.url}/v1`, apiKey: service.key });
    });

    /** The statuses that the service, and behind it the gateway, answered with while something was done. */
    const statusesOf = async (act: () => Promise<void>) => {
      const before = { service: (await service.asked()).length, gateway: service.emulator.journal().length };
      await act();
      return {
        service: (await service.asked()).slice(before.service).map(({ status }) => status),
        gateway: service.emulator
          .journal()
          .slice(before.gateway)
          .map(({ status }) => status),
      };
    };

    it("throws InternalServerError at once when the service's own key is refused, also where it wants a stream", async () => {
      for (const stream of [false, true]) {
        const statuses = await statusesOf(async () => {
          const call = openai.chat.completions.create({ ...conversation, stream });
          const error = await thrownAs(module, "InternalServerError", call);
          assert.include(error, { status: 502, code: "SLUICE-401-UNAUTHORIZED" });
        });
        assert.deepStrictEqual(statuses, { service: [502], gateway: [401] });
      }
    });

    it("throws InternalServerError after one request of its own, however many the service has made", async () => {
      const statuses = await statusesOf(async () => {
        const error = await thrownAs(module, "InternalServerError", openai.chat.completions.create(conversation));
        assert.include(error, { status: 500, code: "SLUICE-500-INFERENCE", type: "server_error" });
      });
      assert.deepStrictEqual(statuses, { service: [500], gateway: [500, 500] });
    });

    it("throws APIError in the middle of a stream that breaks off, after the pieces that came", async () => {
      const chunks: Array<Chunk> = [];
      const read = async () => {
        for await (const chunk of await openai.chat.completions.create({ ...conversation, stream: true }))
          chunks.push(chunk);
      };
      const statuses = await statusesOf(async () => {
        const error = await thrownAs(module, "APIError", read());
        assert.include(error, { code: "SLUICE-502-STREAM-TRUNCATED", type: "server_error" });
      });
      assert.isNotEmpty(chunks);
      assert.isTrue(chunks.every(({ choices }) => choices[0]?.finish_reason === null));
      assert.deepStrictEqual(statuses, { service: [200], gateway: [200] });
    });

    it("ends the call to the gateway when its own time is over", async () => {
      const call = openai.chat.completions.create(conversation, { timeout: 300, maxRetries: 0 });
      await thrownAs(module, "APIConnectionTimeoutError", call);
      const { emulator } = service;
      await until(() => emulator.journal().at(-1)?.end !== "open");
      assert.include(emulator.journal().at(-1), { path: "/llm", end: "aborted", status: null });
    });

    it("throws RateLimitError at once when the gateway wants to be left alone for an hour", async () => {
      const statuses = await statusesOf(async () => {
        const error = await thrownAs(module, "RateLimitError", openai.chat.completions.create(conversation));
        assert.include(error, { status: 429, type: "rate_limit_error" });
        assert.strictEqual(error.headers?.get("retry-after"), String(hourSeconds));
      });
      assert.deepStrictEqual(statuses, { service: [429], gateway: [429] });
    });
  });
}
