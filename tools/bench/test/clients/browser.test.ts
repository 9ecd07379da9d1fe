/**
 * Clients in a page of another origin. A browser asks first, with the names of the headers that the client is going to send;
 * each client has some of its own.
 */
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { importPeer, peerVersion } from "../../src/peers.ts";
import { loadOpenai, versions } from "./openaiClient.ts";
import { models, page, serve, type Served } from "./serve.ts";

let service: Served;
beforeAll(async () => {
  service = await serve();
});
afterAll(() => service.close());

/** What a browser sends without asking; it does not let a page set the last ones at all. */
const unasked = ["accept", "accept-language", "content-language", "cookie", "host", "content-length"];

/** The requests of a client, as a browser would make them: none that the preflight did not allow. */
const fetchInPage = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
  const request = new Request(input, init);
  const names = [...request.headers.keys()].filter((name) => !unasked.includes(name)).sort();
  const preflight = await fetch(request.url, {
    method: "OPTIONS",
    headers: {
      origin: page,
      "access-control-request-method": request.method,
      "access-control-request-headers": names.join(","),
    },
  });
  assert.isTrue(preflight.ok);
  assert.strictEqual(preflight.headers.get("access-control-allow-origin"), page);
  const allowed = (preflight.headers.get("access-control-allow-headers") ?? "").toLowerCase().split(/, */);
  assert.includeMembers(allowed, names);
  request.headers.set("origin", page);
  const answer = await fetch(request);
  assert.strictEqual(answer.headers.get("access-control-allow-origin"), page);
  return answer;
};

const messages = [{ role: "user", content: "Tell me of foxes." }];

describe("a page of an origin that the key allows", () => {
  for (const version of versions) {
    it(`may use ${version} ${peerVersion(version)}, which has headers of its own`, async () => {
      const { default: Openai } = await loadOpenai(version);
      const options = { baseURL: `${service.url}/v1`, apiKey: service.key, dangerouslyAllowBrowser: true };
      const openai = new Openai({ ...options, fetch: fetchInPage });
      const { choices } = await openai.chat.completions.create({ model: models.chat, messages });
      assert.include(choices[0]?.message.content, "foxes");
      const helper = openai.chat.completions.stream({ model: models.chat, messages });
      assert.include(await helper.finalContent(), "foxes");
    });
  }

  it(`may use ai ${peerVersion("ai")}`, async () => {
    const { generateText } = (await importPeer("ai")) as {
      readonly generateText: (options: object) => Promise<{ readonly text: string }>;
    };
    const { createOpenAICompatible } = (await importPeer("@ai-sdk/openai-compatible")) as {
      readonly createOpenAICompatible: (options: object) => (model: string) => object;
    };
    const options = { name: "sluice", baseURL: `${service.url}/v1`, apiKey: service.key, fetch: fetchInPage };
    const { text } = await generateText({ model: createOpenAICompatible(options)(models.chat), messages });
    assert.include(text, "foxes");
  });

  it(`may use @livepeer/ai ${peerVersion("@livepeer/ai")}`, async () => {
    const { Livepeer } = (await importPeer("@livepeer/ai")) as {
      readonly Livepeer: new (options: object) => {
        readonly generate: { readonly textToImage: (input: object) => Promise<{ readonly imageResponse: object }> };
      };
    };
    const httpClient = { request: fetchInPage };
    const { generate } = new Livepeer({ serverURL: service.url, httpBearer: service.key, httpClient });
    const { imageResponse } = await generate.textToImage({ prompt: "a red fox" });
    assert.property(imageResponse, "images");
  });
});
