import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { assert, describe, it } from "vitest";
import { head, lastAnswer, openClient } from "../listener/wire.ts";
import { problemOf } from "../problems.ts";
import { aKey, serve, small } from "../serve.ts";

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
const web = aKey();
const body = JSON.stringify(small);

/** Asks for an image at `to`, of a service that listens at `host`. */
const ask = async (host: string, to: string, ...more: ReadonlyArray<string>) => {
  const service = await serve({}, {}, { configuration: { keys: [web.entry], trustProxy: ["127.0.0.1"] } });
  await service.app.listen({ host, port: 0 });
  const { port } = service.app.server.address() as AddressInfo;
  const lines = [`Authorization: ${web.headers.authorization}`, "Content-Type: application/json", ...more];
  const request = head("POST /text-to-image HTTP/1.0", ...lines, `Content-Length: ${body.length}`) + body;
  const answer = await lastAnswer(openClient({ host: to, port }, request));
  return { ...service, port, answer };
};

const urlIn = (text: string): string => {
  const { images } = JSON.parse(text) as { readonly images: readonly [{ readonly url: string }] };
  return images[0].url;
};

describe("a request of HTTP/1.0 that names no host", () => {
  for (const [host, to, own] of [
    ["127.0.0.1", "127.0.0.1", "127.0.0.1"],
    ["::", "127.0.0.1", "127.0.0.1"],
    ["::", "::1", "[::1]"],
  ] as const) {
    it.skipIf(host === "::" && !hasIPv6)(
      `gets URLs with the address that it has reached, where its files are: ${to} of ${host}`,
      async () => {
        await using service = await ask(host, to);
        const url = urlIn(service.answer.body);
        assert.isTrue(url.startsWith(`http://${own}:${service.port}/media/`), url);
        const file = await fetch(url);
        assert.strictEqual(file.headers.get("content-type"), "image/png");
        await file.arrayBuffer();
      },
    );
  }

  it("gets the scheme of that address, whatever its proxy speaks with others", async () => {
    await using service = await ask("127.0.0.1", "127.0.0.1", "X-Forwarded-Proto: https");
    assert.match(urlIn(service.answer.body), /^http:\/\/127\.0\.0\.1:/);
  });

  it("gets the host that a trusted proxy names", async () => {
    const forwarded = ["X-Forwarded-Proto: https", "X-Forwarded-Host: ai.example"];
    await using service = await ask("127.0.0.1", "127.0.0.1", ...forwarded);
    assert.match(urlIn(service.answer.body), /^https:\/\/ai\.example\/media\//);
  });

  it("is refused to a page of another origin as any other is", async () => {
    await using service = await ask("127.0.0.1", "127.0.0.1", "Origin: https://app.example");
    assert.include(problemOf(service.answer), { status: 403, code: "SLUICE-403-CALLER-KEY" });
  });
});

describe("a host that no URL can have", () => {
  it("is no origin of a page", async () => {
    await using service = await ask("127.0.0.1", "127.0.0.1", "Host: localhost:99999", "Origin: https://app.example");
    assert.include(problemOf(service.answer), { status: 403, code: "SLUICE-403-CALLER-KEY" });
  });
});
