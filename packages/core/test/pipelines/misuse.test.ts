/** What types forbid and JavaScript allows: told as an InvalidRequest that names the field, before anything is sent. */
import { assert, describe, it } from "@effect/vitest";
import { GatewayClient, type GatewayClientShape, type GatewayError } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { samples } from "./samples.ts";
import { answer, playing } from "./wire.ts";

type Unchecked = (...given: ReadonlyArray<unknown>) => Effect.Effect<unknown, GatewayError>;
type Call = (client: Readonly<Record<keyof GatewayClientShape, Unchecked>>) => Effect.Effect<unknown, GatewayError>;

const fox = samples["text-to-image"];
const withOptions =
  (options: unknown): Call =>
  ({ textToImage }) =>
    textToImage(fox, options);

const known = "timeoutMs, maxCostUsd, onEvent, traceparent, requestId, approve, signal";

/** The call, and `field: message` and fix of what is wrong with it. */
const mistakes: ReadonlyArray<readonly [string, Call, string, string]> = [
  [
    "a method's name for a pipeline",
    ({ run }) => run("textToImage", fox),
    'pipeline: "textToImage" is not a pipeline',
    "Did you mean text-to-image?",
  ],
  [
    "a name that every object has",
    ({ run }) => run("constructor", fox),
    'pipeline: "constructor" is not a pipeline',
    "Name one of text-to-image, image-to-image, image-to-video, upscale, audio-to-text, segment-anything-2, llm, image-to-text, text-to-speech, live-video-to-video.",
  ],
  ["no pipeline", ({ run }) => run(undefined, fox), 'pipeline: "undefined" is not a pipeline', "Name one of"],
  ["no input", ({ textToImage }) => textToImage(), "input: must be an object", "Give the request's fields"],
  ["null", ({ textToImage }) => textToImage(null), "input: must be an object", "Give the request's fields"],
  ["a text", ({ chat }) => chat("Hi"), "input: must be an object", "Give the request's fields"],
  ["a list", ({ chat }) => chat([]), "input: must be an object", "Give the request's fields"],
  ["null for a file's", ({ upscale }) => upscale(null), "input: must be an object", "Give the request's fields"],
  [
    "null for a video's",
    ({ imageToVideo }) => imageToVideo(null, null),
    "input: must be an object",
    "Give the request's",
  ],
  [
    "a path without toFile",
    ({ imageToText }) => imageToText({ image: "/tmp/fox.png" }),
    "image: must be",
    "toFile(path)",
  ],
  ["null for options", withOptions(null), "options: must be an object", "Give options such as { timeoutMs: 60000 }"],
  ["a number for options", withOptions(5), "options: must be an object", "Give options such as"],
  [
    "null for a video's options",
    ({ imageToVideo }) => imageToVideo(samples["image-to-video"], null),
    "options: must be an object",
    "Give options such as",
  ],
  [
    "a limit of money, misspelt",
    withOptions({ maxCostUSD: 1 }),
    "maxCostUSD: is not an option",
    "Write maxCostUsd, if",
  ],
  ["a limit of time, misspelt", withOptions({ timeout: 5 }), "timeout: is not an option", "Write timeoutMs, if that"],
  ["headers", withOptions({ headers: {} }), "headers: is not an option", `Leave it out; the options are ${known}.`],
  ["a time in words", withOptions({ timeoutMs: "5" }), "timeoutMs: must be a positive number", "Give milliseconds"],
  ["an observer that is none", withOptions({ onEvent: 5 }), "onEvent: must be a function", "Give a function"],
  ["a trace that is none", withOptions({ traceparent: 5 }), "traceparent: must be a text", "Give the W3C header's"],
  ["a signal that is none", withOptions({ signal: 5 }), "signal: must be an AbortSignal", "Give the signal of an"],
  ["a controller for its signal", withOptions({ signal: new AbortController() }), "signal: must be", "Give the signal"],
  ["a video's option", withOptions({ respondAsync: true }), "respondAsync: is true or false", "or call imageToVideo"],
  [
    "a video's option, in words",
    ({ imageToVideo }) => imageToVideo(samples["image-to-video"], { respondAsync: "yes" }),
    "respondAsync: is true or false",
    "Leave it out",
  ],
  [
    "an option of a call with a file",
    ({ upscale }) => upscale(samples.upscale, { retries: 5 }),
    "retries: is not an option",
    "Leave it out",
  ],
];

describe("what is no call is refused before anything is sent", () => {
  it.effect.each(mistakes)("%s", ([, call, says, fix]) => {
    const { asked, client } = playing(answer(200, { images: [{ url: "/1.png" }] }));
    return Effect.gen(function* () {
      const error = yield* Effect.flip(GatewayClient.use((own) => call(own as never)));
      if (error._tag !== "InvalidRequest") throw error;
      assert.strictEqual(error.status, null);
      const [field] = error.fields;
      assert.lengthOf(error.fields, 1);
      assert.include(`${field?.path ?? ""}: ${field?.message ?? ""}`, says);
      assert.include(field?.fix ?? "", fix);
      assert.isEmpty(asked);
    }).pipe(Effect.provide(client()));
  });

  it.effect("every mistake is told, the request's and the options'", () => {
    const { client } = playing(answer(200, {}));
    const call = GatewayClient.use(({ textToImage }) =>
      textToImage({ prompt: "" }, { timeoutMs: 0, timeout: 5, onEvent: 5 } as never),
    );
    return Effect.gen(function* () {
      const error = yield* Effect.flip(call);
      assert.deepStrictEqual(error._tag === "InvalidRequest" ? error.fields.map(({ path }) => path) : [], [
        "prompt",
        "timeoutMs",
        "timeout",
        "onEvent",
      ]);
    }).pipe(Effect.provide(client()));
  });

  it.effect("what is given as undefined is not given", () => {
    const { client } = playing(answer(200, { images: [{ url: "/1.png" }] }));
    const options = { timeoutMs: undefined, onEvent: undefined, headers: undefined };
    return Effect.provide(
      GatewayClient.use(({ textToImage }) => textToImage(fox, options)),
      client(),
    );
  });
});
