import { assert, describe, it } from "vitest";
import { voices } from "../../src/openai/voices.ts";
import { failureIn, formOf, meta, sendForm, serveOpenai, sound } from "./serveOpenai.ts";

const said = {
  text: " Hello there. Bye. ",
  chunks: [
    { text: " Hello there.", timestamp: [0, 1.5] },
    { text: " Bye.", timestamp: [1.5, null] },
  ],
};

const transcribe = async (
  texts: Parameters<typeof formOf>[0] = {},
  { files = { file: sound }, result = said }: { readonly files?: Record<string, File>; readonly result?: object } = {},
) => {
  const { app, recorded } = serveOpenai({ result, form: formOf({ model: "whisper-1", ...texts }, files) });
  return { answer: await sendForm(app, "/v1/audio/transcriptions"), recorded };
};

describe("POST /v1/audio/transcriptions", () => {
  it("sends the file, the model behind the alias, and what gets a time", async () => {
    const { recorded } = await transcribe();
    const input = { audio: sound, model_id: "openai/whisper-large-v3", return_timestamps: "sentence" };
    assert.deepStrictEqual(recorded, [{ pipeline: "audio-to-text", input }]);
    const byWord = await transcribe({ response_format: "verbose_json", "timestamp_granularities[]": "word" });
    assert.deepInclude(byWord.recorded[0]?.input, { return_timestamps: "word" });
  });

  it("answers JSON by default, with what is billed", async () => {
    const { answer } = await transcribe();
    assert.match(String(answer.headers["content-type"]), /^application\/json\b/);
    assert.deepStrictEqual(answer.json(), { text: "Hello there. Bye.", usage: { type: "duration", seconds: 3 } });
  });

  const texts: ReadonlyArray<readonly [string, string, string]> = [
    ["text", "text/plain; charset=utf-8", "Hello there. Bye.\n"],
    [
      "srt",
      "text/plain; charset=utf-8",
      "1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n2\n00:00:01,500 --> 00:00:03,000\nBye.\n",
    ],
    [
      "vtt",
      "text/vtt; charset=utf-8",
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello there.\n\n00:00:01.500 --> 00:00:03.000\nBye.\n",
    ],
  ];
  for (const [format, type, text] of texts) {
    it(`answers ${format} as text`, async () => {
      const { answer } = await transcribe({ response_format: format });
      assert.strictEqual(answer.headers["content-type"], type);
      assert.strictEqual(answer.body, text);
    });
  }

  it("answers a silence with nothing", async () => {
    const result = { text: "", chunks: [] };
    for (const [format, text] of [
      ["text", ""],
      ["srt", ""],
      ["vtt", "WEBVTT\n"],
    ] as const) {
      assert.strictEqual((await transcribe({ response_format: format }, { result })).answer.body, text);
    }
  });

  it("answers verbose_json with segments that have all that OpenAI's clients require", async () => {
    const { answer } = await transcribe({ response_format: "verbose_json", language: "en" });
    const { segments, ...rest } = answer.json<{ segments: ReadonlyArray<object> }>();
    const usage = { type: "duration", seconds: 3 };
    const whole = { task: "transcribe", language: "en", duration: 3, text: "Hello there. Bye.", usage };
    assert.deepStrictEqual<object>(rest, whole);
    const unknown = { seek: 0, tokens: [], temperature: 0, avg_logprob: 0, compression_ratio: 0, no_speech_prob: 0 };
    assert.deepStrictEqual(segments, [
      { id: 0, start: 0, end: 1.5, text: "Hello there.", ...unknown },
      { id: 1, start: 1.5, end: 3, text: "Bye.", ...unknown },
    ]);
  });

  it("answers verbose_json with words instead when these were asked for", async () => {
    const { answer } = await transcribe({ response_format: "verbose_json", "timestamp_granularities[]": ["word"] });
    assert.notProperty(answer.json<object>(), "segments");
    assert.deepInclude(answer.json<object>(), {
      words: [
        { word: "Hello there.", start: 0, end: 1.5 },
        { word: "Bye.", start: 1.5, end: 3 },
      ],
    });
  });

  it("takes the end of the last part for the duration where nobody knows it", async () => {
    const cost = { ...meta.cost, units: "unknown" };
    const result = { ...said, meta: { ...meta, cost } };
    const { answer } = await transcribe({ response_format: "verbose_json" }, { result });
    assert.include(answer.json<object>(), { duration: 3.5, language: "unknown" });
    assert.notProperty(answer.json<object>(), "usage");
  });

  it("takes hints, and does not pass them on", async () => {
    const { answer, recorded } = await transcribe({ language: "de", prompt: "Livepeer", temperature: "0.2" });
    assert.strictEqual(answer.statusCode, 200);
    assert.sameMembers(Object.keys(recorded[0]?.input ?? {}), ["audio", "model_id", "return_timestamps"]);
  });

  const verbose = { response_format: "verbose_json" };
  const refusals: ReadonlyArray<readonly [string, Parameters<typeof transcribe>[0], string]> = [
    ["a stream", { stream: "true" }, "stream"],
    ["another format", { response_format: "diarized_json" }, "response_format"],
    ["words without verbose_json", { "timestamp_granularities[]": "word" }, "timestamp_granularities"],
    [
      "words and segments at once",
      { ...verbose, "timestamp_granularities[]": ["word", "segment"] },
      "timestamp_granularities",
    ],
    ["probabilities", { "include[]": "logprobs" }, "include"],
  ];
  for (const [what, fields, param] of refusals) {
    it(`refuses ${what}`, async () => {
      const { answer, recorded } = await transcribe(fields);
      assert.strictEqual(answer.statusCode, 400);
      assert.include(failureIn(answer), { param });
      assert.isEmpty(recorded);
    });
  }

  it("refuses a request without a file", async () => {
    const { answer } = await transcribe({}, { files: {} });
    assert.include(failureIn(answer), { param: "file" });
    assert.match(failureIn(answer).message, /file: is required/);
  });
});

describe("POST /v1/audio/speech", () => {
  const bytes = new Uint8Array([82, 73, 70, 70, 255]);
  const speak = async (fields: object) => {
    const { post, recorded } = serveOpenai({ result: { audio: { url: "https://files.test/1.wav" } }, bytes });
    return { answer: await post("/v1/audio/speech", { input: "Hello.", ...fields }), recorded };
  };
  const descriptionOf = async (fields: object) => (await speak(fields)).recorded[0]?.input["description"];

  it("answers with the sound itself", async () => {
    const { answer, recorded } = await speak({ model: "acme/talker", response_format: "wav", speed: 1 });
    assert.strictEqual(answer.headers["content-type"], "audio/wav");
    assert.deepStrictEqual(new Uint8Array(answer.rawPayload), bytes);
    const input = { text: "Hello.", model_id: "acme/talker" };
    assert.deepStrictEqual(recorded, [{ pipeline: "text-to-speech", input }]);
  });

  it("describes each of OpenAI's voices in words of its own", async () => {
    const told = await Promise.all(voices.map((voice) => descriptionOf({ voice })));
    assert.lengthOf(new Set(told), 13);
    for (const one of told) assert.match(String(one), /^A \w+ .+\.$/);
  });

  it("takes several words for a voice's description, and instructions before any voice", async () => {
    assert.strictEqual(await descriptionOf({ voice: "a low, calm voice" }), "a low, calm voice");
    assert.strictEqual(await descriptionOf({ voice: "nova", instructions: "Whisper." }), "Whisper.");
    assert.strictEqual(
      await descriptionOf({ voice: "nova", instructions: " " }),
      await descriptionOf({ voice: "nova" }),
    );
  });

  const refusals: ReadonlyArray<readonly [object, string, RegExp]> = [
    [{ voice: "novva" }, "voice", /one of alloy, ash, .+, verse/],
    [{ voice: "toString" }, "voice", /one of alloy/],
    [{ response_format: "mp3" }, "response_format", /the gateways write WAV/],
    [{ speed: 1.5 }, "speed", /must be 1/],
    [{ stream_format: "sse" }, "stream_format", /as a whole/],
    [{ input: "" }, "input", /must not be empty/],
  ];
  for (const [fields, param, why] of refusals) {
    it(`refuses ${JSON.stringify(fields)}`, async () => {
      const { answer, recorded } = await speak(fields);
      assert.strictEqual(answer.statusCode, 400);
      assert.include(failureIn(answer), { param });
      assert.match(failureIn(answer).message, why);
      assert.isEmpty(recorded);
    });
  }
});
