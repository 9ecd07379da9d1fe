/**
 * The package in a browser: bundled for one, and run where there is nothing of Node. A fresh context of `node:vm` has the
 * language alone; the test adds what every browser has, and forbids `eval`, as a strict content security policy does.
 */
import { createContext, runInContext } from "node:vm";
import { build, type Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { png } from "./media/images.ts";
import { wav } from "./media/audio.ts";

interface Bundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/** An entry file's text, with all that it imports, as one script that leaves its exports in `bundle`. */
const bundled = async (entry: string): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, sourcefile: "entry.ts", loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    globalName: "bundle",
    conditions: ["@sluice/source"],
    logLevel: "silent",
  });
  return { code: outputFiles[0]!.text, metafile };
};

const browser = { URL, TextEncoder, TextDecoder, Blob, File, ReadableStream, DOMException };

/** What the entry's `run` resolves to, as JSON, which knows no realm. */
const ran = async ({ code }: Bundle, given: object = {}): Promise<unknown> => {
  const context = createContext({ ...browser, given }, { codeGeneration: { strings: false, wasm: false } });
  const text: unknown = await runInContext(`${code}\nbundle.run(given).then(JSON.stringify)`, context);
  return JSON.parse(String(text));
};

const entry = `
  import { parseProfile, prepare, readMedia, resolveGateway } from "@sluice/models";

  export const run = async ({ image, audio }) => {
    const { profile } = resolveGateway({ gateway: "livepeer-cloud" });
    const upscale = { prompt: "a red fox", image: new Uint8Array(image) };
    const speech = { audio: new Blob([new Uint8Array(audio)]) };
    const facts = [await readMedia("upscale", upscale), await readMedia("audio-to-text", speech)];
    return {
      node: ["process", "Buffer", "require", "global", "setImmediate"].filter((name) => name in globalThis),
      drawn: prepare("text-to-image", { prompt: "a red fox" }, { profile }),
      refused: prepare("text-to-image", { prompt: "a red fox", width: 1023, size: 7 }, { profile }),
      facts,
      heard: prepare("audio-to-text", speech, { profile, facts: facts[1] }),
      own: parseProfile({ name: "house", baseUrl: "https://example.com/" }).ok,
    };
  };
`;

describe("a bundle for browsers", () => {
  let bundle: Bundle;
  let result: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    bundle = await bundled(entry);
    result = (await ran(bundle, { image: [...png(640, 480)], audio: [...wav(1.5)] })) as typeof result;
  });

  it("holds all that it needs, and nothing of Node", () => {
    const files = [...Object.values(bundle.metafile.inputs), ...Object.values(bundle.metafile.outputs)];
    const imports = files.flatMap(({ imports: each }) => each);
    expect(imports.length).toBeGreaterThan(20);
    expect(imports.filter(({ path, external }) => external === true || path.startsWith("node:"))).toEqual([]);
    expect(bundle.code).not.toMatch(/["']node:/);
    expect(Object.keys(bundle.metafile.inputs).some((path) => path.endsWith("models/src/index.ts"))).toBe(true);
  });

  it("runs where Node is not", () => {
    expect(result["node"]).toEqual([]);
  });

  it("prepares a request, and refuses a bad one field by field", () => {
    expect(result["drawn"]).toMatchObject({
      ok: true,
      request: { model_id: "SG161222/RealVisXL_V4.0_Lightning", width: 1024, height: 1024, num_inference_steps: 6 },
      warnings: [],
    });
    expect(result["refused"]).toMatchObject({
      ok: false,
      findings: [
        { path: "width", rule: "field-step" },
        { path: "size", rule: "field-unknown" },
      ],
    });
  });

  it("reads the headers of files", () => {
    expect(result["facts"]).toEqual([
      { kind: "image", bytes: 33, format: "png", width: 640, height: 480 },
      { kind: "audio", bytes: 12_044, format: "wav", seconds: 1.5 },
    ]);
    expect(result["heard"]).toMatchObject({ ok: true });
    expect(result["own"]).toBe(true);
  });
});

describe("the test of the bundle", () => {
  it("sees an import of Node's", async () => {
    await expect(bundled('import "node:fs"; export const run = async () => 0;')).rejects.toThrow("node:fs");
  });

  it("sees a use of Node's globals", async () => {
    const uses = await bundled("export const run = async () => Buffer.from('a').length;");
    await expect(ran(uses)).rejects.toThrow("Buffer is not defined");
  });
});
