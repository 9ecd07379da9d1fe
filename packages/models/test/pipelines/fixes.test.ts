import { describe, expect, it } from "vitest";
import { fieldErrors, type PipelineName, prepare, TextToImage } from "../../src/index.ts";
import { anywhere, least, untyped } from "./given.ts";

const fixesFor = (pipeline: PipelineName, own: object): ReadonlyArray<string> => {
  const prepared = prepare(pipeline, untyped({ ...least[pipeline], ...own }), { profile: anywhere });
  return prepared.ok ? [] : prepared.findings.map(({ fix }) => fix);
};

describe("a fix", () => {
  it.each<[PipelineName, object, string]>([
    ["text-to-image", { prompt: undefined }, "Add it: a text, in quotes."],
    ["text-to-image", { prompt: 7 }, "Give a text, in quotes."],
    ["text-to-image", { prompt: " " }, "Write at least one character that is not a space."],
    ["text-to-image", { width: "1024" }, "Give a number."],
    ["text-to-image", { width: 1024.5 }, "Give a whole number."],
    ["text-to-image", { width: 56 }, "Give at least 64."],
    ["text-to-image", { width: 4104 }, "Give at most 4096."],
    ["text-to-image", { width: 2 ** 60 }, "Give at most 4096."],
    ["text-to-image", { width: 1023 }, "Give a multiple of 8, such as 1016 or 1024."],
    ["text-to-image", { num_images_per_prompt: 13 }, "Give at most 12."],
    ["text-to-image", { safety_check: "true" }, "Give true or false."],
    ["text-to-image", { model_id: "a b" }, "It must not hold spaces."],
    ["text-to-image", { widht: 1024 }, "Did you mean width?"],
    [
      "text-to-image",
      { negative: "a" },
      expect.stringMatching(/^Leave it out; the fields are prompt, model_id, /) as string,
    ],
    [
      "text-to-image",
      { loras: '{"a/b":"x"}' },
      expect.stringMatching(/^Write one object of Hugging Face ids/) as string,
    ],
    ["text-to-image", { loras: "[]" }, expect.stringMatching(/^Write the weights by Hugging Face id /) as string],
    [
      "upscale",
      { image: "fox.png" },
      "Give the file's bytes, a File or a Blob, or toFile(path) of @sluice/core; not a path, a URL or base64.",
    ],
    [
      "audio-to-text",
      { audio: undefined },
      "Give the file's bytes, a File or a Blob, or toFile(path) of @sluice/core; not a path, a URL or base64.",
    ],
    ["audio-to-text", { return_timestamps: "yes" }, 'Give "0", "1", "sentence", "word", "true" or "false".'],
    ["segment-anything-2", { box: "1,2,3,4" }, "Send it as text, with JSON.stringify: '[10,20,300,400]'."],
    ["llm", { messages: [] }, "Give at least 1 in the list."],
    ["llm", { messages: {} }, "Give a list."],
    ["llm", { messages: ["Hello"] }, "Give an object."],
    ["llm", { messages: [{ content: "Hello" }] }, 'Give "system", "user" or "assistant".'],
    ["llm", { messages: [{ role: "user", content: "Hello", name: "me" }] }, "Leave it out."],
    ["llm", { messages: [{ role: "assistent", content: "Hello" }] }, 'Did you mean "assistant"?'],
    ["audio-to-text", { return_timestamps: "words" }, 'Did you mean "word"?'],
    ["live-video-to-video", { publish_url: "nowhere" }, "It must be a URL."],
    ["live-video-to-video", { control_url: 7 }, "It must be a URL, or empty."],
    ["live-video-to-video", { params: { a: 7n } }, "It must be JSON of at most 100 levels."],
  ])("for %s with %o is: %s", (pipeline, own, fix) => {
    expect(fixesFor(pipeline, own)).toEqual([fix]);
  });

  it("names no neighbours and no other field where the parser was not told to keep them", () => {
    const { error } = TextToImage.input.safeParse({ prompt: "a", width: 1023, widht: 64 });
    expect(error && fieldErrors(error).map(({ fix }) => fix)).toEqual(["Give a multiple of 8.", "Leave it out."]);
  });
});
