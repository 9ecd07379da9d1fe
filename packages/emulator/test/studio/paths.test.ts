import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { pipelineAt, studioPipelines } from "../../src/studio/schemas.ts";
import { ask, headerOf, statusOf } from "../ask.ts";
import { generate, imagesOf } from "../generate.ts";
import { askStudio, bearer, imageRequest, refusedWith, startStudio } from "./studio.ts";

const small = { prompt: "a fox", width: 16, height: 8 };

describe("Studio's paths", () => {
  it("are under both prefixes, in any case, with and without a slash at the end", async () => {
    await using emulator = await startStudio();
    const paths = ["/api/beta/generate/", "/api/generate/", "/API/Generate/"].map((prefix) => `${prefix}text-to-image`);
    for (const path of [...paths, `${paths[0]}/`])
      assert.strictEqual(statusOf(await ask(emulator.url, { ...imageRequest(small), path })), 200, path);
  });

  it("name seven pipelines", () => {
    for (const name of Object.keys(studioPipelines)) {
      assert.strictEqual(pipelineAt(`/api/generate/${name}`), name);
      assert.strictEqual(pipelineAt(`/api/beta/generate/${name}`), name);
    }
    assert.lengthOf(Object.keys(studioPipelines), 7);
  });

  const absent = [
    "/api/beta/generate/image-to-text",
    "/api/beta/generate/text-to-speech",
    "/api/beta/generate/live-video-to-video",
    "/api/beta/generate/constructor",
    "/api/beta/generate",
    "/api/generate/text-to-image/more",
    "/api/api/generate/text-to-image",
    "/text-to-image",
    "/healthz",
    "/",
  ];
  for (const path of absent) {
    it(`${path} is none`, async () => {
      refusedWith(await askStudio({ ...imageRequest(small), path }), 404, "not found");
    });
  }

  for (const method of ["GET", "PUT", "DELETE"]) {
    it(`take no ${method}`, async () => {
      const { path } = imageRequest();
      refusedWith(await askStudio({ method, path, headers: bearer("backend") }), 404, "not found");
    });
  }
});

describe("behind Studio", () => {
  it("the gateway's answer comes with its own bytes and links, in Express's headers", async () => {
    await using emulator = await startStudio();
    await using gateway = await startEmulator();
    const heard = await ask(emulator.url, imageRequest({ ...small, seed: 7 }));
    assert.strictEqual(headerOf(heard, "content-type"), "application/json; charset=utf-8");
    assert.strictEqual(heard.body.toString(), (await generate(gateway.url, { ...small, seed: 7 })).body.toString());
  });

  it("the files of a result need no key", async () => {
    await using emulator = await startStudio();
    const [image] = imagesOf(await ask(emulator.url, imageRequest(small)));
    const file = await ask(emulator.url, { path: image!.url });
    assert.strictEqual(headerOf(file, "content-type"), "image/png");
    assert.strictEqual(file.body.toString("latin1", 1, 4), "PNG");
  });

  it("the journal tells what was asked of Studio, and what reached the gateway", async () => {
    await using emulator = await startStudio();
    await ask(emulator.url, imageRequest(small));
    await ask(emulator.url, imageRequest({}));
    const journal = await ask(emulator.url, { path: "/__emulator/journal" });
    const { entries } = JSON.parse(journal.body.toString()) as { readonly entries: ReadonlyArray<object> };
    const path = "/api/beta/generate/text-to-image";
    assert.deepInclude(entries[0], { path, status: 200, authorized: true });
    assert.deepNestedInclude(entries[0], { "body.prompt": "a fox" });
    assert.deepInclude(entries[1], { path, status: 422 });
    assert.notProperty(entries[1], "body");
  });
});
