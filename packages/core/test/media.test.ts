import { assert, describe, it } from "@effect/vitest";
import { GatewayClient } from "@sluice/core/effect";
import { makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sluice-"))),
  (path) =>
    Effect.sync(() => {
      rmSync(path, { recursive: true, force: true });
    }),
);

/** The size in a PNG's header. */
const sizeOf = (path: string) => {
  const bytes = readFileSync(path);
  assert.strictEqual(bytes.subarray(1, 4).toString("latin1"), "PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

const withClient = <A, E, R>(use: (client: GatewayClient["Service"], url: string) => Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator({});
    const layer = GatewayClient.layer({ gateway: emulator.url, apiKey: "sk-1234567890" });
    return yield* Effect.flatMap(GatewayClient, (client) => use(client, emulator.url)).pipe(Effect.provide(layer));
  });

describe("the media of a result", () => {
  it.live("is resolved against the gateway and saved as a PNG of the asked size; folders are made", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "a/b/fox.png");
      yield* withClient((client, url) =>
        Effect.gen(function* () {
          const { images } = yield* client.textToImage({ prompt: "a fox", width: 320, height: 192 });
          const [image = { url: "" }] = images;
          assert.match(image.url, new RegExp(`^${url}/stream/[0-9a-f]{8}/[0-9a-f]{8}\\.png$`));
          yield* client.save(image, path);
        }),
      );
      assert.deepStrictEqual(sizeOf(path), [320, 192]);
      assert.deepStrictEqual(readdirSync(join(path, "..")), ["fox.png"]);
    }),
  );

  it.live("is the same, byte for byte, for the same seed, and another for another", () =>
    withClient((client) =>
      Effect.gen(function* () {
        const draw = (seed: number) =>
          Effect.flatMap(client.textToImage({ prompt: "a fox", seed, width: 128, height: 128 }), ({ images }) =>
            client.download(images[0] ?? { url: "" }),
          );
        const [first, second, other] = [yield* draw(7), yield* draw(7), yield* draw(8)];
        assert.deepStrictEqual(first, second);
        assert.notDeepEqual(first, other);
      }),
    ),
  );

  it.live("that the gateway has forgotten is MediaUnavailable", () =>
    withClient((client, url) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(client.download({ url: `${url}/stream/00000000/00000000.png` }));
        assert.include(error, { _tag: "MediaUnavailable", status: 404 });
      }),
    ),
  );

  it.live("that cannot be written leaves nothing behind, and says where the result still is", () =>
    Effect.gen(function* () {
      const place = yield* folder;
      const file = join(place, "file");
      writeFileSync(file, "not a folder");
      yield* withClient((client) =>
        Effect.gen(function* () {
          const { images } = yield* client.textToImage({ prompt: "a fox", width: 64, height: 64 });
          const [image = { url: "" }] = images;
          const error = yield* Effect.flip(client.save(image, join(file, "fox.png")));
          assert.include(error, { _tag: "FileNotWritten", url: image.url });
          assert.include(error.fix, image.url);
        }),
      );
      assert.deepStrictEqual(readdirSync(place), ["file"]);
    }),
  );

  it.live("that has no place on earth fails at once, also where a file system refuses in its own way", () =>
    withClient((client) =>
      Effect.gen(function* () {
        const { images } = yield* client.textToImage({ prompt: "a fox", width: 64, height: 64 });
        const error = yield* Effect.flip(client.save(images[0] ?? { url: "" }, "/proc/nowhere/fox.png"));
        assert.include(error, { _tag: "FileNotWritten", path: "/proc/nowhere/fox.png" });
      }),
    ),
  );

  it.live("on another host is fetched without the key", () =>
    Effect.gen(function* () {
      const seen: Array<string | undefined> = [];
      const store = yield* Effect.acquireRelease(
        Effect.promise(
          () =>
            new Promise<ReturnType<typeof createServer>>((resolve) => {
              const server = createServer((request, response) => {
                seen.push(request.headers.authorization);
                response.end("bytes");
              }).listen(0, "127.0.0.1", () => {
                resolve(server);
              });
            }),
        ),
        (server) =>
          Effect.sync(() => {
            server.closeAllConnections();
            server.close();
          }),
      );
      const { port } = store.address() as AddressInfo;
      const bytes = yield* withClient((client) => client.download({ url: `http://127.0.0.1:${port}/x.png` }));
      assert.strictEqual(Buffer.from(bytes).toString(), "bytes");
      assert.deepStrictEqual(seen, [undefined]);
    }),
  );

  it.live("with a URL that is not http is refused", () =>
    withClient((client) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(client.download({ url: "file:///etc/passwd" }));
        assert.include(error, { _tag: "InvalidRequest" });
      }),
    ),
  );
});
