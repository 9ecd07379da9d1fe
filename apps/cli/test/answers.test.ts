/** Answers that the emulator does not give. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { assert, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { smallPng } from "./mediaFiles.ts";
import { resultOf, sluice } from "./sluice.ts";

/** Answers every POST with the value, and every GET with the bytes. */
const gateway = async (answer: unknown, bytes: Buffer): Promise<AsyncDisposable & { readonly url: string }> => {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("content-type", request.method === "POST" ? "application/json" : "application/octet-stream");
      response.end(request.method === "POST" ? JSON.stringify(answer) : bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]);

it("an image that may offend gets a line, and its name the ending of what it is", async () => {
  const images = [
    { url: "/stream/a.png", seed: 1, nsfw: false },
    { url: "/stream/b", seed: 2, nsfw: true },
  ];
  await using server = await gateway({ images }, jpeg);
  using folder = temporaryFolder();
  const args = ["gen", "t2i", "fox", "-c", "2", "-g", server.url];
  const { code, stdout, stderr } = await sluice(args, {}, { cwd: folder.path });
  assert.strictEqual(code, 0);
  assert.strictEqual(stdout, "out/fox-1.jpg\nout/fox-2.jpg\n");
  assert.match(stderr, / {2}seeds 1 2 {2}nsfw yes\n! image 2 may offend, by the gateway's own check \(nsfw\)\n$/);
  const named = await sluice([...args, "-o", "fox.png", "--json"], {}, { cwd: folder.path });
  assert.deepStrictEqual(resultOf(named)["files"], ["fox-1.png", "fox-2.png"]);
});

it("a single table of numbers is one mask, of numbers above zero", async () => {
  const answer = { masks: "[[-1.5, 2.5]]", scores: "[0.9]", logits: "[[0.1]]" };
  await using server = await gateway(answer, jpeg);
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "fox.png"), smallPng);
  const args = ["gen", "sam2", "fox.png", "-o", "mask.png", "-g", server.url, "--json"];
  const outcome = resultOf(await sluice(args, {}, { cwd: folder.path }));
  assert.deepStrictEqual(outcome["files"], ["mask.png", "mask.json"]);
  assert.deepStrictEqual(outcome["masks"], [{ file: "mask.png", score: 0.9, width: 2, height: 1 }]);
});
