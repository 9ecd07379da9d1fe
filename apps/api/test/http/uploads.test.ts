import { request } from "node:http";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, assert, beforeEach, describe, it, vi } from "vitest";
import { ask, formOf, picture, requests } from "../native/requests.ts";
import { problemOf } from "../problems.ts";
import { serve } from "../serve.ts";
import { until } from "../turns.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  vi.stubEnv("TMPDIR", folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The files that lie among the temporary ones, with their modes, and those of their folders. */
const left = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      // It may go meanwhile.
      const file = statSync(join(parentPath, name), { throwIfNoEntry: false });
      return file === undefined
        ? []
        : { mode: file.mode & 0o777, folder: statSync(parentPath).mode & 0o777, bytes: file.size };
    });

const megabytes = (count: number) => ({ ...requests["image-to-image"], image: picture(48, 32, count * 1_048_576) });

const listening = async (...args: Parameters<typeof serve>) => {
  const service = await serve(...args);
  return { ...service, url: await service.app.listen({ host: "127.0.0.1", port: 0 }) };
};

/** Sends the beginning of a form that promises more; nothing else comes until it is left. */
const beginUpload = async (url: string, bytes: number) => {
  const form = new Response(formOf(megabytes(20)));
  const whole = Buffer.from(await form.arrayBuffer());
  const type = form.headers.get("content-type") ?? "";
  const headers = { "content-type": type, "content-length": whole.length };
  const call = request(`${url}/image-to-image`, { method: "POST", headers });
  call.on("error", () => undefined);
  call.write(whole.subarray(0, bytes));
  return { leave: () => call.destroy() };
};

describe("a long file", () => {
  it("waits on disk, where nobody else may read it, and is gone after the answer", async () => {
    await using service = await listening({ latencyMs: 60_000 });
    const gone = new AbortController();
    const fields = formOf(megabytes(20));
    const answer = fetch(`${service.url}/image-to-image`, { method: "POST", body: fields, signal: gone.signal });
    answer.catch(() => undefined);
    await until(() => service.emulator.journal()[0]?.body !== undefined);
    assert.deepStrictEqual(left(), [{ mode: 0o600, folder: 0o700, bytes: 20 * 1_048_576 }]);
    const sent = service.emulator.journal()[0]?.body as { readonly image: { readonly bytes: number } };
    assert.strictEqual(sent.image.bytes, 20 * 1_048_576);
    gone.abort();
    await until(() => left().length === 0);
  });

  it("is gone after an answer, whether it is an image or a refusal", async () => {
    await using service = await listening();
    const fields = megabytes(3);
    assert.strictEqual((await ask(service.url, "image-to-image", fields)).status, 200);
    assert.strictEqual((await ask(service.url, "image-to-image", { ...fields, strength: 7 })).status, 422);
    await until(() => left().length === 0);
  });

  it("is gone when its sender hangs up in the middle of it", async () => {
    await using service = await listening();
    const { leave } = await beginUpload(service.url, 5_000_000);
    await until(() => left().some(({ bytes }) => bytes > 1_000_000));
    leave();
    await until(() => left().length === 0);
    assert.isEmpty(service.emulator.journal());
  });

  it("over the limit is refused with 413, is not sent, and is gone", async () => {
    const configuration = { limits: { fileBytes: 1_048_576 } };
    await using service = await listening({}, {}, { configuration });
    const answer = await ask(service.url, "image-to-image", megabytes(2));
    const problem = problemOf({
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
    assert.include(problem, { status: 413, code: "SLUICE-413-BODY" });
    assert.include(problem.detail, "1048576");
    assert.isEmpty(service.emulator.journal());
    await until(() => left().length === 0);
    assert.strictEqual((await ask(service.url, "image-to-image", megabytes(1))).status, 200);
  });

  it("that is short stays in memory", async () => {
    await using service = await listening({ latencyMs: 60_000 });
    const gone = new AbortController();
    const body = formOf({ ...requests["image-to-image"], image: picture(48, 32, 200_000) });
    fetch(`${service.url}/image-to-image`, { method: "POST", body, signal: gone.signal }).catch(() => undefined);
    await until(() => service.emulator.journal()[0]?.body !== undefined);
    assert.isEmpty(left());
    gone.abort();
  });
});

it("no folder of the service is left after its end", async () => {
  const service = await serve();
  assert.isNotEmpty(readdirSync(folder));
  await service[Symbol.asyncDispose]();
  assert.isEmpty(readdirSync(folder));
});
