/** Where the drill's proxy leads, and where it does not. */
import * as Effect from "effect/Effect";
import { createServer, request as ask } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { assert, describe, it, onTestFinished } from "vitest";
import { type Proxy, startProxy } from "../../src/drill/proxy/startProxy.ts";

const fixed = new URL("http://gateway.example/v1");

/** A gateway that says what it was asked for. */
const echo = async (): Promise<URL> => {
  const server = createServer(({ url }, response) => response.end(url));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
};

interface Sent {
  readonly host?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The tunnel through which it goes. */
  readonly socket?: Socket;
}

const send = (port: string, { host = "gateway.example", path, headers = {}, socket }: Sent): Promise<string> =>
  new Promise((resolve, reject) => {
    const to = { host: "127.0.0.1", port, path, headers: { host, ...headers } };
    const via = socket === undefined ? { agent: false } : { createConnection: () => socket };
    const sent = ask({ ...to, ...via }, (response) => {
      const pieces: Array<Buffer> = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => resolve(`${response.statusCode ?? 0} ${Buffer.concat(pieces).toString()}`));
    });
    sent.on("error", reject).end();
  });

const tunnelTo = (port: string, path: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    ask({ host: "127.0.0.1", port, method: "CONNECT", path })
      .on("connect", (_, socket: Socket) => resolve(socket))
      .on("error", reject)
      .end();
  });

const throughProxy = async <A>(
  use: (port: string, proxy: Pick<Proxy, "keySentTo" | "refused">) => Promise<A>,
): Promise<A> => {
  const gateway = await echo();
  return Effect.runPromise(
    startProxy({ fixed: { url: fixed }, gateway, strip: "/v1", key: "a-key" }).pipe(
      Effect.flatMap((proxy) => Effect.promise(() => use(new URL(proxy.url).port, proxy))),
      Effect.scoped,
    ),
  );
};

describe("the drill's proxy", () => {
  it("takes the beginning of the fixed URL's path away, and no other", () =>
    throughProxy(async (port) => {
      const asked = (path: string) => send(port, { path: `http://gateway.example${path}` });
      assert.strictEqual(await asked("/v1/text-to-image?a=b"), "200 /text-to-image?a=b");
      assert.strictEqual(await asked("/v1"), "200 /");
      assert.strictEqual(await asked("/v1beta/health"), "200 /v1beta/health");
      assert.strictEqual(await asked("/health"), "200 /health");
    }));

  it("takes a path that begins with two slashes for a path, in a tunnel too", () =>
    throughProxy(async (port, { keySentTo }) => {
      const headers = { Authorization: "Bearer a-key" };
      assert.strictEqual(await send(port, { path: "http://gateway.example//llm", headers }), "200 //llm");
      const socket = await tunnelTo(port, "gateway.example:80");
      assert.strictEqual(await send(port, { path: "//llm", headers, socket }), "200 //llm");
      assert.deepEqual(keySentTo(), []);
    }));

  it("leads nowhere else, and knows where the key was to go", () =>
    throughProxy(async (port, { keySentTo, refused }) => {
      const refusal = "403 The drill's proxy leads to the gateway alone.\n";
      assert.strictEqual(await send(port, { path: "http://other.example/" }), refusal);
      assert.deepEqual(keySentTo(), []);
      assert.strictEqual(
        await send(port, { path: "http://stranger.example/", headers: { "X-Key": "a-key" } }),
        refusal,
      );
      assert.deepEqual(keySentTo(), ["stranger.example"]);
      const socket = await tunnelTo(port, "third.example:443");
      await new Promise((resolve) => socket.once("close", resolve).resume());
      assert.deepEqual(refused(), ["http://other.example", "http://stranger.example", "https://third.example"]);
    }));
});
