/** `curl`, with the options that recipes use. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { drawPng, kindAt, kindOf, silentWav } from "./media.ts";
import { models, serve, type Served } from "./serve.ts";

let service: Served;
/** Where it is run, and where the files are that it sends. */
let folder: string;

const megabytes = 1_000_000;
const uploadBytes = 20 * megabytes;
const boundary = "----of-this-test";

/** A form of one file, ready to be sent as it is. */
const formOf = (file: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="audio"; filename="long.wav"\r\n`),
    Buffer.from("content-type: audio/wav\r\n\r\n"),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);

const conversationOf = (bytes: number): string =>
  JSON.stringify({ messages: [{ role: "user", content: "fox ".repeat(bytes / 4) }], max_tokens: 9 });

beforeAll(async () => {
  service = await serve({ emulator: { tokenMs: 3 } });
  folder = mkdtempSync(join(tmpdir(), "sluice-curl-"));
  const file = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  file("fox.png", new Uint8Array(await (await drawPng(service.emulator)).arrayBuffer()));
  file("long.wav", silentWav(uploadBytes));
  file("form", formOf(silentWav(uploadBytes)));
  file("long.json", conversationOf(1.04 * megabytes));
  file("longer.json", conversationOf(1.4 * megabytes));
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

/** How it went: the body, what `-v` tells of the wire, and what `-w` tells of the answer. */
const curl = async (path: string, ...args: ReadonlyArray<string>) => {
  const told = "\n%{http_code} %{size_upload} %{time_starttransfer} %{time_total}";
  const usual = ["-sSv", "-m", "20", "-w", told, "--oauth2-bearer", service.key];
  const all = [...usual, ...args, service.url + path];
  const { stdout, stderr } = await promisify(execFile)("curl", all, { cwd: folder, maxBuffer: 2 * uploadBytes });
  const end = stdout.lastIndexOf("\n");
  const [status, sent, firstByteSeconds, totalSeconds] = stdout
    .slice(end + 1)
    .split(" ")
    .map(Number);
  return { body: stdout.slice(0, end), wire: stderr, status, sent, firstByteSeconds, totalSeconds };
};

/** The JSON that came, which is taken for what a test says. */
const jsonOf = ({ body }: { readonly body: string }): unknown => JSON.parse(body);

interface Drawn {
  readonly images: readonly [{ readonly url: string }];
}

describe("curl", () => {
  it("sends JSON with --json, and gets a URL that it can fetch", async () => {
    const answer = await curl("/text-to-image", "--json", '{"prompt":"a red fox","width":64,"height":64}');
    assert.strictEqual(answer.status, 200);
    assert.strictEqual(await kindAt((jsonOf(answer) as Drawn).images[0].url), "png");
  });

  it("sends a form with -F image=@file", async () => {
    const native = await curl("/image-to-image", "-F", "prompt=make it blue", "-F", "image=@fox.png");
    assert.strictEqual(await kindAt((jsonOf(native) as Drawn).images[0].url), "png");
    const openai = await curl("/v1/images/edits", "-F", "prompt=make it blue", "-F", "image[]=@fox.png;type=image/png");
    assert.strictEqual(await kindAt((jsonOf(openai) as { readonly data: Drawn["images"] }).data[0].url), "png");
  });

  it("saves speech with -o", async () => {
    await curl("/v1/audio/speech", "--json", '{"input":"A fox.","voice":"alloy"}', "-o", "speech.wav");
    assert.strictEqual(kindOf(readFileSync(join(folder, "speech.wav"))), "wav");
  });

  it("is told that live-video-to-video is not offered, which no gateway does by itself", async () => {
    const stream = { subscribe_url: "https://video.example/in", publish_url: "https://video.example/out" };
    const answer = await curl("/live-video-to-video", "--json", JSON.stringify(stream));
    assert.strictEqual(answer.status, 404);
    assert.include(jsonOf(answer) as object, { code: "SLUICE-404-PIPELINE" });
    assert.isFalse(service.emulator.journal().some(({ path }) => path === "/live-video-to-video"));
  });

  const spoken = JSON.stringify({ messages: [{ role: "user", content: "Foxes. ".repeat(100) }], stream: true });
  for (const path of ["/v1/chat/completions", "/llm"]) {
    for (const protocol of ["--http1.1", "--http1.0"]) {
      it(`reads the events of ${path} as they come, with -N, by ${protocol.slice(2)}`, async () => {
        const {
          body,
          status,
          firstByteSeconds = 0,
          totalSeconds = 0,
        } = await curl(path, protocol, "-N", "--json", spoken);
        assert.strictEqual(status, 200);
        const events = body.trim().split("\n\n");
        for (const event of events) assert.match(event, /^data: /);
        assert.isAbove(events.length, 50);
        assert.strictEqual(events.at(-1) === "data: [DONE]", path.startsWith("/v1"));
        assert.isBelow(firstByteSeconds, totalSeconds / 2);
      });
    }
  }

  const patient = ["--expect100-timeout", "15"];
  const json = ["-H", "content-type: application/json", ...patient];

  it("is told to go on, when it waits for leave to send a body of more than a megabyte", async () => {
    const {
      wire,
      status,
      totalSeconds = 0,
    } = await curl("/v1/chat/completions", ...json, "-H", "Expect: 100-continue", "-d", "@long.json");
    assert.match(wire, /> Expect: 100-continue[^]*< HTTP\/1\.1 100 Continue/);
    assert.strictEqual(status, 200);
    assert.isBelow(totalSeconds, 10);
  });

  it("is refused a body that is too long, before it has sent any of it", async () => {
    const answer = await curl("/v1/chat/completions", ...json, "-d", "@longer.json");
    assert.include(answer, { status: 413, sent: 0 });
    assert.notInclude(answer.wire, "100 Continue");
    assert.strictEqual((jsonOf(answer) as { readonly error: { readonly code: string } }).error.code, "SLUICE-413-BODY");
  });

  it("reads the refusal of a body that is too long, when it does not wait for leave to send it", async () => {
    for (const how of ["Expect:", "Transfer-Encoding: chunked"]) {
      const { status } = await curl("/v1/chat/completions", ...json, "-H", how, "-d", "@longer.json");
      assert.strictEqual(status, 413, how);
    }
  });

  it("is refused a file by its key alone, before it has sent any of it", async () => {
    const before = service.emulator.journal().length;
    const answer = await curl("/audio-to-text", "--oauth2-bearer", "sk-wrong", ...patient, "-F", "audio=@long.wav");
    assert.include(answer, { status: 401, sent: 0 });
    assert.lengthOf(service.emulator.journal(), before);
  });

  const binary = ["-H", `content-type: multipart/form-data; boundary=${boundary}`, "--data-binary", "@form"];
  for (const [how, args] of [
    ["in a form", ["-F", "audio=@long.wav"]],
    ["in a form that it was given ready", binary],
    ["in chunks, without a length", [...binary, "-H", "Transfer-Encoding: chunked"]],
  ] as const) {
    it(`sends a file of 20 MB ${how}`, async () => {
      const answer = await curl("/audio-to-text", ...args);
      assert.strictEqual(answer.status, 200);
      assert.isAtLeast(answer.sent ?? 0, uploadBytes);
      assert.match((jsonOf(answer) as { readonly text: string }).text, /\w/);
      const { body } = service.emulator.journal().at(-1) ?? {};
      assert.deepInclude(body, { model_id: models.transcript });
      assert.include((body as { readonly audio: object }).audio, { bytes: uploadBytes + 44 });
    });
  }
});
