import { startEmulator } from "@sluice/emulator";
import { pipelineNames, pipelines } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { serve } from "../serve.ts";
import { ask } from "./requests.ts";

/** Without what no two gateways say alike: where files are, and what a conversation is called and when it was. */
const same = (text: string): unknown =>
  JSON.parse(text, (name, value: unknown) => {
    if (name === "id" || name === "created") return typeof value;
    // Numbers as JSON in a text, which Python spaces out.
    if (name === "logits" || name === "masks" || name === "scores") return JSON.parse(String(value)) as unknown;
    // An orchestrator says more than the document of its answer has.
    if (name === "manifest_id" || name === "request_id") return undefined;
    if (name.endsWith("_url")) return String(value).replace(/:\d+\//, "/");
    return name === "url" ? String(value).replace(/^.*\/(stream\/\w+|media)\/[\w-]+/, "(file)") : value;
  });

/** An emulator with the same seed answers alike. */
const both = async () => {
  const behind = { liveVideo: true };
  const direct = await startEmulator(behind);
  const hidden = await startEmulator(behind);
  const profile = { name: "own", baseUrl: hidden.url, pipelines: pipelineNames };
  const service = await serve({}, { gateway: profile });
  const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
  const close = async () => {
    await service[Symbol.asyncDispose]();
    await Promise.all([direct.close(), hidden.close()]);
  };
  return { direct, hidden, url, [Symbol.asyncDispose]: close };
};

describe("a pipeline is answered as the gateway behind answers it, but for the URLs of files", () => {
  it.each(pipelineNames)("%s", async (name) => {
    await using scene = await both();
    const expected = await ask(scene.direct.url, name);
    const answer = await ask(scene.url, name);
    const text = await answer.text();
    assert.strictEqual(answer.status, 200, text);
    assert.strictEqual(expected.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /^application\/json\b/);
    assert.deepStrictEqual(same(text), same(await expected.text()));
    assert.strictEqual(scene.hidden.journal()[0]?.path, pipelines[name].path);
  });
});
