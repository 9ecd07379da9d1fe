import { startEmulator } from "@sluice/emulator";
import { pipelines } from "@sluice/models";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { flagNames } from "../src/generate/flagNames.ts";
import type { BatchPipeline } from "../src/generate/Generation.ts";
import { sizeOf, temporaryFolder } from "./folder.ts";
import { resultOf, sluice } from "./sluice.ts";
import { smallPng, toneWav } from "./mediaFiles.ts";

/** Every flag and argument of a pipeline, and the request that they make. */
const whole: Readonly<Record<BatchPipeline, readonly [ReadonlyArray<string>, Readonly<Record<string, unknown>>]>> = {
  "text-to-image": [
    [
      ...["fox", "-m", "a/b", "-W", "512", "-H", "576", "-c", "2", "-s", "7", "--steps", "9", "--guidance", "3.5"],
      ...["--negative", "hounds", "--lora", "c/d=0.8", "--lora", "e/f=1", "--no-safety-check"],
    ],
    {
      prompt: "fox",
      model_id: "a/b",
      width: 512,
      height: 576,
      num_images_per_prompt: 2,
      seed: 7,
      num_inference_steps: 9,
      guidance_scale: 3.5,
      negative_prompt: "hounds",
      loras: '{"c/d":0.8,"e/f":1}',
      safety_check: false,
    },
  ],
  "image-to-image": [
    [
      ...["fox.png", "winter", "-m", "a/b", "--strength", "0.5", "-c", "2", "-s", "7", "--steps", "9"],
      ...["--guidance", "3", "--image-guidance", "2", "--negative", "hounds", "--lora", "c/d=0.8", "--safety-check"],
    ],
    {
      prompt: "winter",
      model_id: "a/b",
      strength: 0.5,
      num_images_per_prompt: 2,
      seed: 7,
      num_inference_steps: 9,
      guidance_scale: 3,
      image_guidance_scale: 2,
      negative_prompt: "hounds",
      loras: '{"c/d":0.8}',
      safety_check: true,
    },
  ],
  "image-to-video": [
    [
      ...["fox.png", "-m", "a/b", "-W", "512", "-H", "256", "--fps", "8", "--motion", "90", "--noise", "0.1"],
      ...["-s", "7", "--steps", "9", "--no-safety-check"],
    ],
    {
      model_id: "a/b",
      width: 512,
      height: 256,
      fps: 8,
      motion_bucket_id: 90,
      noise_aug_strength: 0.1,
      seed: 7,
      num_inference_steps: 9,
      safety_check: false,
    },
  ],
  upscale: [
    ["fox.png", "a fox", "-m", "a/b", "-s", "7", "--steps", "9", "--no-safety-check"],
    { prompt: "a fox", model_id: "a/b", seed: 7, num_inference_steps: 9, safety_check: false },
  ],
  "audio-to-text": [["talk.wav", "-m", "a/b", "--timestamps", "none"], { model_id: "a/b", return_timestamps: "false" }],
  "segment-anything-2": [
    [
      ...["fox.png", "-m", "a/b", "--point", "3,4", "--point", "5,6", "--label", "1", "--label", "0"],
      ...["--box", "1,2,30,40", "--mask-input", "mask.json", "--no-multimask", "--no-logits", "--no-normalize"],
    ],
    {
      model_id: "a/b",
      point_coords: "[[3,4],[5,6]]",
      point_labels: "[1,0]",
      box: "[1,2,30,40]",
      mask_input: "[[[0.5]]]",
      multimask_output: false,
      return_logits: false,
      normalize_coords: false,
    },
  ],
  "image-to-text": [["fox.png", "-m", "a/b", "-p", "the tail"], { model_id: "a/b", prompt: "the tail" }],
  "text-to-speech": [
    ["Hello", "-m", "a/b", "--voice", "a calm woman"],
    { text: "Hello", model_id: "a/b", description: "a calm woman" },
  ],
};

const filesIn = (folder: string): void => {
  writeFileSync(join(folder, "fox.png"), smallPng);
  writeFileSync(join(folder, "talk.wav"), toneWav);
  writeFileSync(join(folder, "mask.json"), "[[[0.5]]]");
};

describe("the flags of a pipeline", () => {
  for (const [name, [args, fields]] of Object.entries(whole)) {
    const { input, ...pipeline } = pipelines[name as BatchPipeline];
    it(`(${name}) make every field of its request`, async () => {
      using folder = temporaryFolder();
      filesIn(folder.path);
      const gateway = ["-g", "go-livepeer", "--dry-run", "--json"];
      const env = { SLUICE_GATEWAY_URL: "http://127.0.0.1:9" };
      const { request } = resultOf(await sluice(["gen", name, ...args, ...gateway], env, { cwd: folder.path })) as {
        readonly request: { readonly fields: object; readonly file: { readonly field: string } | null };
      };
      assert.deepStrictEqual(request.fields, fields);
      const file = "fileField" in pipeline ? [pipeline.fileField] : [];
      assert.deepStrictEqual(request.file === null ? [] : [request.file.field], file);
      const { shape } = "shape" in input ? input : input.in;
      assert.sameMembers([...Object.keys(fields), ...file], Object.keys(shape));
      // A mistake in a field is told by its flag's name.
      const isArgument = (field: string) => field === "prompt" || field === "text";
      const unnamed = Object.keys(fields).filter((field) => !isArgument(field) && !Object.hasOwn(flagNames, field));
      assert.deepStrictEqual(unnamed, []);
    });
  }
});

describe("what a pipeline makes", () => {
  it("(image-to-image) is named after its file and its prompt", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    const args = ["gen", "i2i", "fox.png", "make it winter", "--seed", "7", "-g", emulator.url];
    const { stdout, code } = await sluice(args, {}, { cwd: folder.path });
    assert.strictEqual(stdout, "out/fox-make-it-winter-7.png\n");
    assert.deepStrictEqual(sizeOf(join(folder.path, stdout.trim())), [64, 64]);
    assert.strictEqual(code, 0);
  });

  it("(text-to-speech) may come from standard input, and go to stdout", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    const spoken = await sluice(
      ["gen", "tts", "-", "-o", "hi.wav", "-g", emulator.url],
      {},
      {
        ...{ cwd: folder.path, stdin: "Good morning\n" },
      },
    );
    assert.strictEqual(spoken.stdout, "hi.wav\n");
    assert.strictEqual(readFileSync(join(folder.path, "hi.wav")).subarray(0, 4).toString(), "RIFF");
    assert.include(spoken.stderr, "estimate   12 characters × $1.5/M characters");
    const piped = await sluice(["gen", "tts", "Good morning", "-o", "-", "-g", emulator.url]);
    assert.match(piped.stdout, /^RIFF/);
    assert.match(piped.stderr, /^✔ speech {2}/m);
  });

  it("(image-to-video) is an MP4, whatever it is called by default", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    const args = ["gen", "i2v", "fox.png", "-W", "64", "-H", "64", "--seed", "3", "-g", emulator.url, "--json"];
    const outcome = resultOf(await sluice(args, { SLUICE_OUTPUT_FOLDER: "films" }, { cwd: folder.path }));
    assert.deepStrictEqual(outcome["files"], ["films/fox-3.mp4"]);
    assert.lengthOf(outcome["videos"] as ReadonlyArray<unknown>, 1);
  });

  it("(audio-to-text) is text on stdout, or subtitles in a file", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    const args = ["gen", "a2t", "talk.wav", "-g", emulator.url];
    const plain = await sluice(args, {}, { cwd: folder.path });
    assert.strictEqual(plain.stdout, "The tide comes in at seven.\n");
    const titled = await sluice([...args, "--format", "srt", "-o", "talk.srt"], {}, { cwd: folder.path });
    assert.strictEqual(titled.stdout, "talk.srt\n");
    assert.strictEqual(
      readFileSync(join(folder.path, "talk.srt"), "utf8"),
      "1\n00:00:00,000 --> 00:00:02,000\nThe tide comes in at seven.\n",
    );
    const json = resultOf(await sluice([...args, "--json"], {}, { cwd: folder.path }));
    assert.deepInclude(json, { text: " The tide comes in at seven.", files: [] });
  });

  it("(audio-to-text) refuses subtitles without times before anything is sent", async () => {
    const { code, stderr } = await sluice(["gen", "a2t", "x.wav", "--format", "vtt", "--timestamps", "none"]);
    assert.strictEqual(code, 2);
    assert.include(stderr, "--format vtt needs times");
  });

  it("(audio-to-text) is not lost when its file cannot be written", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    symlinkSync(join(folder.path, "nowhere/talk.txt"), join(folder.path, "talk.txt"));
    const { code, stdout, stderr } = await sluice(
      ["gen", "a2t", "talk.wav", "-o", "talk.txt", "-g", emulator.url],
      {},
      { cwd: folder.path },
    );
    assert.strictEqual(code, 1);
    assert.strictEqual(stdout, "The tide comes in at seven.\n");
    assert.include(stderr, "✗ SLUICE-FILE");
  });

  it("(segment-anything-2) is a picture for each mask, and a list of scores", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    const args = ["gen", "sam2", "fox.png", "--point", "3,4", "-g", emulator.url];
    const { stdout } = await sluice([...args, "-o", "masks"], {}, { cwd: folder.path });
    const names = ["fox-mask-1.png", "fox-mask-2.png", "fox-mask-3.png", "fox-masks.json"];
    assert.deepStrictEqual(
      stdout.trimEnd().split("\n"),
      names.map((name) => `masks/${name}`),
    );
    assert.deepStrictEqual(sizeOf(join(folder.path, "masks/fox-mask-1.png")), [8, 8]);
    const { masks } = JSON.parse(readFileSync(join(folder.path, "masks/fox-masks.json"), "utf8")) as {
      readonly masks: ReadonlyArray<{ readonly file: string; readonly score: number }>;
    };
    assert.deepStrictEqual(
      masks.map(({ file, score }) => [file, score]),
      [0.98, 0.61, 0.32].map((score, index) => [names[index], score]),
    );
    const numbers = await sluice([...args, "--format", "json"], {}, { cwd: folder.path });
    assert.hasAllKeys(JSON.parse(numbers.stdout), ["masks", "scores", "logits"]);
    const told = resultOf(await sluice([...args, "--json"], {}, { cwd: folder.path }));
    assert.lengthOf(told["files"] as ReadonlyArray<string>, 4);
  });

  it("(segment-anything-2) replaces no list that nobody named, and is no JSON unless it is asked for", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    const args = ["gen", "sam2", "fox.png", "--point", "3,4", "--no-multimask", "-g", emulator.url];
    writeFileSync(join(folder.path, "y.json"), "mine");
    const { stdout } = await sluice([...args, "-o", "y.png"], {}, { cwd: folder.path });
    assert.strictEqual(stdout, "y.png\ny-2.json\n");
    assert.strictEqual(readFileSync(join(folder.path, "y.json"), "utf8"), "mine");
    const asked = emulator.journal().length;
    const refused = await sluice([...args, "-o", "x.json"], {}, { cwd: folder.path });
    assert.strictEqual(refused.code, 2);
    assert.include(refused.stderr, "-o x.json names a JSON file");
    assert.lengthOf(emulator.journal(), asked);
    const numbers = await sluice([...args, "-o", "x.json", "--format", "json"], {}, { cwd: folder.path });
    assert.strictEqual(numbers.stdout, "x.json\n");
  });

  it("(segment-anything-2) is told and kept as far as it could be written", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    // As long as a name may be; that of the list is longer by a letter.
    const picture = `${"x".repeat(251)}.png`;
    const args = ["gen", "sam2", "fox.png", "--point", "3,4", "--no-multimask", "-o", picture, "-g", emulator.url];
    const { code, stdout, stderr } = await sluice(args, {}, { cwd: folder.path });
    assert.strictEqual(code, 3);
    assert.strictEqual(stdout, `${picture}\n`);
    assert.match(stderr, /^✔ 1 mask {2}/m);
    assert.match(stderr, /^✗ SLUICE-PARTIAL {2}1 file saved, and not all: .*ENAMETOOLONG/m);
    const told = resultOf(await sluice([...args, "--json"], {}, { cwd: folder.path }));
    assert.deepInclude(told, { code: "SLUICE-PARTIAL", files: [picture] });
    assert.deepInclude((told["masks"] as ReadonlyArray<object>)[0], { file: picture });
    assert.deepInclude(told["cause"], { code: "SLUICE-FILE" });
  });

  it("(image-to-text) is words", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    filesIn(folder.path);
    const { stdout, stderr } = await sluice(["gen", "i2t", "fox.png", "-g", emulator.url], {}, { cwd: folder.path });
    assert.match(stdout, /^\w[^\n]+\n$/);
    assert.match(stderr, /^✔ \d+ words {2}/m);
  });
});

describe("a file that is asked for", () => {
  it("and is not there, is named before anything is sent", async () => {
    await using emulator = await startEmulator({});
    const { code, stderr } = await sluice(["gen", "i2t", "nothing.png", "-g", emulator.url]);
    assert.strictEqual(code, 5);
    assert.match(stderr, /image: ".*nothing\.png" does not exist/);
    assert.isEmpty(emulator.journal());
  });

  it("on stdout is not mixed with JSON, and is one", async () => {
    const mixed = await sluice(["gen", "t2i", "fox", "-o", "-", "--json"]);
    assert.strictEqual(mixed.code, 2);
    assert.include(resultOf(mixed)["message"], "both want stdout");
    const several = await sluice(["gen", "t2i", "fox", "-o", "-", "-c", "2"]);
    assert.strictEqual(several.code, 2);
    assert.include(several.stderr, "--count asks for several");
  });
});
