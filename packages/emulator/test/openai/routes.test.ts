/** OpenAI's routes, as their clients ask for them: each is a pipeline's work in OpenAI's words. */
import { assert, describe, it } from "@effect/vitest";
import { startEmulator } from "@sluice/emulator";
import { ask, headerOf, type Heard, type Request, statusOf } from "../ask.ts";
import { png, wav } from "../gateway/files.ts";
import { decodePng } from "../picture/decodePng.ts";
import { chatting, drawing, inForm, inJson } from "./openai.ts";

const askFor = async (request: Request) => {
  await using emulator = await startEmulator({ openai: true });
  const heard = await ask(emulator.url, request);
  return { heard, entry: emulator.journal()[0] };
};

const valueOf = (heard: Heard): unknown => {
  assert.strictEqual(statusOf(heard), 200, heard.body.toString());
  assert.strictEqual(headerOf(heard, "content-type"), "application/json");
  return JSON.parse(heard.body.toString());
};

const imagesOf = (heard: Heard) =>
  (valueOf(heard) as { readonly data: ReadonlyArray<{ readonly url?: string; readonly b64_json?: string }> }).data;

const sizeOf = ({ b64_json = "" }: { readonly b64_json?: string }) => {
  const { width, height } = decodePng(Buffer.from(b64_json, "base64"));
  return [width, height];
};

describe("OpenAI's routes", () => {
  it("are not there unless they are asked for", async () => {
    await using emulator = await startEmulator();
    assert.isUndefined(emulator.openaiUrl);
    assert.strictEqual(statusOf(await ask(emulator.url, drawing())), 404);
  });

  it("are below /v1 of either dialect, beside the gateway's own", async () => {
    for (const dialect of ["go-livepeer", "studio"] as const) {
      await using emulator = await startEmulator({ openai: true, dialect });
      const { origin, pathname } = new URL(`${emulator.url}/text-to-image`);
      assert.strictEqual(emulator.openaiUrl, `${origin}/v1`);
      assert.strictEqual(statusOf(await ask(origin, drawing())), 200);
      assert.notStrictEqual(statusOf(await ask(origin, { method: "POST", path: pathname, body: "{" })), 404);
    }
  });

  it("are five and a list: another one, or another method, is nowhere, in OpenAI's words", async () => {
    for (const [method, path] of [
      ["POST", "/v1/embeddings"],
      ["GET", "/v1/images/generations"],
      ["POST", "/v1/models"],
    ] as const) {
      const { heard } = await askFor({ method, path });
      assert.strictEqual(statusOf(heard), 404);
      assert.deepStrictEqual(JSON.parse(heard.body.toString()), {
        error: {
          message: `Unknown request URL: ${method} ${path}.`,
          type: "not_found_error",
          param: null,
          code: "unknown_url",
        },
      });
    }
  });
});

describe("images/generations", () => {
  it("draws so many images of the size asked for, in base64 where the client asks for that", async () => {
    const { heard, entry } = await askFor(drawing({ n: 2, response_format: "b64_json", model: "dall-e-3" }));
    const images = imagesOf(heard);
    assert.deepStrictEqual(images.map(sizeOf), [
      [64, 48],
      [64, 48],
    ]);
    assert.notStrictEqual(images[0]?.b64_json, images[1]?.b64_json);
    assert.deepInclude(entry, { path: "/v1/images/generations", status: 200, end: "answered", units: 2 * 64 * 48 });
    assert.deepInclude(entry?.body, { prompt: "a red fox", size: "64x48", n: 2 });
  });

  it("says where an image is by default, where anyone can fetch it; of gpt-image-1 it sends the image", async () => {
    await using emulator = await startEmulator({ openai: true });
    const [there] = imagesOf(await ask(emulator.url, drawing({ model: "dall-e-3" })));
    assert.deepStrictEqual(Object.keys(there ?? {}), ["url"]);
    const answer = await fetch(there?.url ?? "");
    const { width, height } = decodePng(Buffer.from(await answer.arrayBuffer()));
    assert.deepStrictEqual([width, height], [64, 48]);
    const [sent] = imagesOf(await ask(emulator.url, drawing()));
    assert.deepStrictEqual(Object.keys(sent ?? {}), ["b64_json"]);
    const [asked] = imagesOf(await ask(emulator.url, drawing({ response_format: "url" })));
    assert.deepStrictEqual(Object.keys(asked ?? {}), ["url"]);
  });

  it("draws 1024x1024 where no size is said, with the first model of the docs where none is named", async () => {
    for (const size of [undefined, "auto"]) {
      const { heard, entry } = await askFor(drawing({ model: undefined, size }));
      assert.lengthOf(imagesOf(heard), 1);
      assert.strictEqual(entry?.units, 1024 * 1024);
    }
  });

  it("refuses in OpenAI's words what the gateway and its runner refuse", async () => {
    for (const [request, message] of [
      [drawing({ size: "63x63" }), /have to be divisible by 8 but are 63 and 63/],
      [drawing({ size: "large" }), /./],
      [drawing({ prompt: "" }), /Prompt must be provided/],
      [{ ...drawing(), body: "{" }, /unexpected EOF/],
      [{ ...drawing(), body: "[1]" }, /array/],
    ] as const) {
      const { heard } = await askFor(request);
      assert.strictEqual(statusOf(heard), 400);
      const { error } = JSON.parse(heard.body.toString()) as { error: { message: string; type: string } };
      assert.match(error.message, message);
      assert.strictEqual(error.type, "invalid_request_error");
    }
  });
});

describe("images/edits", () => {
  const image = { filename: "a.png", type: "image/png", content: png(48, 32) };
  const prompt = { name: "prompt", content: "in snow" };

  it("draws images of the size of the one that is sent; of a list, the first", async () => {
    for (const name of ["image", "image[]"]) {
      const another = { ...image, name, content: png(64, 64) };
      const { heard, entry } = await askFor(
        inForm("images/edits", [
          { name: "model", content: "gpt-image-1" },
          prompt,
          { name, ...image },
          ...(name === "image" ? [] : [another]),
        ]),
      );
      assert.deepStrictEqual(imagesOf(heard).map(sizeOf), [[48, 32]]);
      assert.deepInclude(entry, { units: 48 * 32 });
      assert.deepInclude(entry?.body, { prompt: "in snow" });
    }
  });

  it("closes the socket on what is no image, as the gateway does, and refuses what is no form", async () => {
    const broken = { ...image, content: Buffer.from("no image") };
    assert.isNull(statusOf((await askFor(inForm("images/edits", [prompt, { name: "image", ...broken }]))).heard));
    const { heard } = await askFor(inJson("images/edits", { prompt: "in snow" }));
    assert.strictEqual(statusOf(heard), 400);
    assert.include(heard.body.toString(), '"type":"invalid_request_error"');
  });
});

describe("chat/completions", () => {
  it("answers with the fields that strict clients want", async () => {
    const { heard, entry } = await askFor(chatting());
    const { id, created, ...rest } = valueOf(heard) as { readonly id: string; readonly created: number };
    assert.match(id, /^chatcmpl-/);
    assert.isNumber(created);
    const content = "There is no language model here. You said: Hello there";
    assert.deepStrictEqual(rest, {
      object: "chat.completion",
      model: "gpt-5",
      usage: { completion_tokens: 10, prompt_tokens: 2, total_tokens: 12 },
      choices: [
        {
          finish_reason: "stop",
          index: 0,
          message: { content, role: "assistant", refusal: null },
          logprobs: null,
        },
      ],
    });
    assert.strictEqual(entry?.units, 256);
  });

  it("takes a message in parts, a developer's word for the system's, and either name of the longest answer", async () => {
    const parts = [
      { type: "text", text: "Hello" },
      { type: "text", text: "there" },
    ];
    const messages = [
      { role: "developer", content: "Be brief" },
      { role: "user", content: parts },
    ];
    for (const name of ["max_tokens", "max_completion_tokens"]) {
      const { heard, entry } = await askFor(chatting({ messages, [name]: 9 }));
      assert.include(heard.body.toString(), String.raw`You said: Hello"`);
      assert.strictEqual(entry?.units, 9);
    }
  });

  const eventsOf = ({ chunks = [] }: Heard): ReadonlyArray<unknown> =>
    chunks
      .join("")
      .split("\n\n")
      .filter((event) => event.startsWith("data: {"))
      .map((event) => JSON.parse(event.slice("data: ".length)) as unknown);

  it("streams chunks with one role, a null finish_reason until the end, and [DONE]", async () => {
    const { heard } = await askFor(chatting({ stream: true, max_tokens: 2 }));
    assert.strictEqual(headerOf(heard, "content-type"), "text/event-stream");
    const choice = (delta: object, finish_reason: string | null) => [
      { index: 0, delta, logprobs: null, finish_reason },
    ];
    const events = eventsOf(heard) as ReadonlyArray<{ readonly object: string; readonly choices: unknown }>;
    assert.deepStrictEqual(
      events.map(({ choices }) => choices),
      [choice({ role: "assistant", content: "There" }, null), choice({ content: " is" }, null), choice({}, "stop")],
    );
    for (const event of events) {
      assert.strictEqual(event.object, "chat.completion.chunk");
      assert.notProperty(event, "usage");
    }
    assert.strictEqual(heard.chunks?.at(-1), "data: [DONE]\n\n");
    assert.isTrue(heard.whole);
  });

  it("tells the usage of a stream by itself, to who asks for it", async () => {
    const { heard } = await askFor(chatting({ stream: true, max_tokens: 2, stream_options: { include_usage: true } }));
    assert.deepInclude(eventsOf(heard).at(-1), {
      choices: [],
      usage: { completion_tokens: 2, prompt_tokens: 2, total_tokens: 4 },
    });
  });
});

describe("audio", () => {
  it("transcriptions: is JSON with the text, or the text", async () => {
    const file = { name: "file", filename: "a.wav", type: "audio/wav", content: wav(2) };
    const json = await askFor(inForm("audio/transcriptions", [{ name: "model", content: "whisper-1" }, file]));
    assert.deepStrictEqual(valueOf(json.heard), { text: "The tide comes in at seven." });
    assert.strictEqual(json.entry?.units, 2_000);
    const text = await askFor(inForm("audio/transcriptions", [file, { name: "response_format", content: "text" }]));
    assert.strictEqual(text.heard.body.toString(), "The tide comes in at seven.\n");
    assert.strictEqual(headerOf(text.heard, "content-type"), "text/plain; charset=utf-8");
  });

  it("speech: is the sound itself", async () => {
    const { heard, entry } = await askFor(
      inJson("audio/speech", { model: "tts-1", input: "Good day", voice: "alloy" }),
    );
    assert.strictEqual(headerOf(heard, "content-type"), "audio/wav");
    assert.strictEqual(heard.body.toString("latin1", 0, 4), "RIFF");
    assert.strictEqual(entry?.units, 8);
  });
});

describe("models", () => {
  it("lists each that an orchestrator has, once", async () => {
    await using emulator = await startEmulator({ openai: true, models: { "my/model": { state: "warm" } } });
    const list = valueOf(await ask(emulator.url, { path: "/v1/models" })) as {
      readonly object: string;
      readonly data: ReadonlyArray<{ readonly id: string }>;
    };
    assert.strictEqual(list.object, "list");
    const ids = list.data.map(({ id }) => id);
    assert.includeMembers(ids, ["my/model", "openai/whisper-large-v3"]);
    assert.strictEqual(new Set(ids).size, ids.length);
    assert.deepEqual<unknown>(list.data[ids.indexOf("my/model")], {
      ...{ id: "my/model", object: "model" },
      ...{ created: 0, owned_by: "my" },
    });
  });
});
