import { startEmulator } from "@sluice/emulator";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { resultOf, sluice } from "./sluice.ts";
import { large, onTerminal, small } from "./terminal.ts";

interface Row {
  readonly pipeline: string;
  readonly model: string;
  readonly mark: string;
  readonly orchestrators: number | null;
}

const rowsOf = (ended: Awaited<ReturnType<typeof sluice>>) => resultOf(ended)["models"] as ReadonlyArray<Row>;

const turbo = "stabilityai/sdxl-turbo";

describe("sluice models list", () => {
  it("is what documents say without a network, and says so", async () => {
    const { code, stdout, stderr } = await sluice(["models", "list"]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^PIPELINE +MODEL +WARM +ORCHS +PRICE +SOURCE\n/);
    assert.match(stdout, /^text-to-image +SG161222\/RealVisXL_V4\.0_Lightning +◐ +– +\$0\.019\/MP +docs 2026-05-12$/m);
    assert.match(stdout, /^image-to-image +stabilityai\/sdxl-turbo +○ /m);
    assert.match(stdout, /^live-video-to-video +comfyui +✗ /m);
    assert.notInclude(stdout, "●");
    assert.match(stderr, /^◐ claimed warm, not seen {3}○ cold: loads when asked {3}✗ not offered {3}\? nobody says\n/);
    assert.include(stderr, "Nobody was asked: this is what documents say, as of ");
    assert.include(stderr, "livepeer-cloud is free");
  });

  it("shows what orchestrators say, from a gateway's CLI port, and sends no call", async () => {
    const models = { [turbo]: { state: "warm" }, "acme/own": { state: "warm" } } as const;
    await using emulator = await startEmulator({ operatorPort: 0, models });
    const network = ["--network", emulator.operatorUrl ?? ""];
    const { code, stdout, stderr } = await sluice(["models", "list", "-p", "text-to-image", ...network]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^text-to-image +stabilityai\/sdxl-turbo +● +1 +\$0\.019\/MP +network (now|\d s ago)$/m);
    assert.match(stdout, /^text-to-image +acme\/own +● +1 /m);
    assert.match(stdout, /^text-to-image +stabilityai\/sd-turbo +○ +1 /m);
    assert.notInclude(stdout, "image-to-video");
    assert.notInclude(stderr, "Nobody was asked");
    assert.lengthOf(emulator.journal(), 0);
    const json = await sluice(["models", "list", ...network, "--json"]);
    assert.strictEqual(json.stderr, "");
    const own = rowsOf(json).find(({ model, pipeline }) => model === "acme/own" && pipeline === "llm");
    assert.deepInclude(own, { mark: "warm", orchestrators: 1 });
  });

  it("shows what moves a cursor in a name, and lets none of it through; a command is safe to paste", async () => {
    const wild = "acme/\u001B[2J\u001B]0;x\u0007own\n$(id) 'it'";
    await using emulator = await startEmulator({ operatorPort: 0, models: { [wild]: { state: "warm" } } });
    const network = ["-p", "llm", "--network", emulator.operatorUrl ?? ""];
    const { stdout } = await sluice(["models", "list", ...network]);
    assert.include(stdout, "acme/�[2J�]0;x�own�$(id) 'it'");
    assert.notMatch(stdout, /[^\P{Cc}\n]/u);
    const shown = await sluice(["models", "show", wild, ...network]);
    assert.include(shown.stdout, String.raw`--model 'acme/�[2J�]0;x�own�$(id) '\''it'\'''`);
    assert.notMatch(shown.stdout, /[^\P{Cc}\n]/u);
  });

  it("honours another address for a gateway's file, and tells a broken one as every command does", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "acme.json");
    writeFileSync(path, JSON.stringify({ name: "acme" }));
    const args = ["models", "list", "-g", path];
    const addressed = await sluice([...args, "--json"], { SLUICE_GATEWAY_URL: "http://127.0.0.1:9" });
    assert.strictEqual(addressed.code, 0);
    assert.strictEqual(resultOf(addressed)["gateway"], "acme");
    writeFileSync(path, '{ "name": "acme", }');
    const others = [
      ["models", "list"],
      ["cost", "estimate", "t2i"],
      ["auth", "login"],
      ["chat", "Hi"],
    ];
    for (const other of others) {
      const { code, stderr } = await sluice([...other, "-g", path]);
      assert.strictEqual(code, 2);
      assert.match(stderr, /the file ".*acme\.json" is not JSON: it goes wrong at position \d+/);
      assert.include(stderr, "JSON has no comments and no commas at the end of lists.");
    }
  });

  it("leaves out what is not warm with --warm", async () => {
    await using emulator = await startEmulator({ operatorPort: 0 });
    const ended = await sluice(["models", "list", "--warm", "--network", emulator.operatorUrl ?? "", "--json"]);
    assert.isTrue(rowsOf(ended).every(({ mark }) => mark === "warm"));
    assert.lengthOf(rowsOf(ended), 11);
  });

  it("shows what a gateway does not offer", async () => {
    const ended = await sluice(["models", "list", "-g", "livepeer-studio", "-p", "text-to-speech", "--json"]);
    assert.deepStrictEqual(
      rowsOf(ended).map(({ mark }) => mark),
      ["absent"],
    );
  });

  it("fails with 7 and the address when the port cannot be read", async () => {
    await using emulator = await startEmulator({ operatorPort: 0 });
    const url = emulator.operatorUrl ?? "";
    await emulator.close();
    const gone = await sluice(["models", "list", "--network", url]);
    assert.strictEqual(gone.code, 7);
    assert.strictEqual(gone.stdout, "");
    assert.include(
      gone.stderr,
      `✗ SLUICE-NETWORK  ${url}/getNetworkCapabilities could not be read: connect ECONNREFUSED`,
    );
  });

  it("tells a port that is another's, and what is no address and no gateway", async () => {
    await using other = await startEmulator({});
    const wrong = await sluice(["models", "list", "--network", other.url]);
    assert.strictEqual(wrong.code, 7);
    assert.include(wrong.stderr, "it answers 404");
    const mistakes = [
      ["--network", "127.0.0.1:5935"],
      ["-g", "livepeer-cluod"],
    ];
    const ended = await Promise.all(mistakes.map((flags) => sluice(["models", "list", ...flags])));
    assert.deepStrictEqual(
      ended.map(({ code }) => code),
      [2, 2],
    );
  });

  it("fits its table to a terminal, in colours, and cuts no id", async () => {
    await using emulator = await startEmulator({ operatorPort: 0 });
    const args = ["models", "list", "-p", "upscale", "--network", emulator.operatorUrl ?? ""];
    const { code, text, raw } = await onTerminal(args, {}, small);
    assert.strictEqual(code, 0);
    assert.match(text, /^upscale +stabilityai\/stable-diffusion-x4-upscaler +● +1 +\$0\.01907\/MP$/m);
    assert.include(text, "A wider terminal shows SOURCE, too.");
    assert.include((await onTerminal(args, {}, large)).text, "SOURCE\n");
    assert.include(raw, "\u001B[32m●");
    const plain = await onTerminal(args, { NO_COLOR: "1" }, small);
    assert.notInclude(plain.raw, "\u001B[32m");
  });
});

describe("sluice models show", () => {
  it("tells all that is known, with who says so", async () => {
    const { code, stdout } = await sluice(["models", "show", "meta-llama/Meta-Llama-3.1-8B-Instruct"]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^meta-llama\/Meta-Llama-3\.1-8B-Instruct\n\nllm {2}the default\n {2}warmth +◐ claimed warm/);
    assert.match(stdout, /^ {2}says +warm {2}2026-05-12 {2}https:\/\/github\.com\/livepeer\/docs/m);
    assert.match(stdout, /^ {2}gateways +livepeer-cloud, livepeer-studio, go-livepeer, emulator$/m);
    assert.match(stdout, /^ {2}price +\$0\.08\/M tokens {2}2025-11-19 {2}https:/m);
    assert.match(stdout, /^ {2}try +sluice chat "Hello" --model meta-llama\/Meta-Llama-3\.1-8B-Instruct$/m);
  });

  it("shows each pipeline of a model apart, conflicts, and what the network says", async () => {
    await using emulator = await startEmulator({ operatorPort: 0 });
    const model = "stabilityai/stable-video-diffusion-img2vid-xt";
    const args = ["models", "show", model, "--network", emulator.operatorUrl ?? ""];
    const { stdout } = await sluice(args);
    assert.include(stdout, "● warm");
    assert.match(stdout, /Kept warm by 1 orchestrator \(.*127\.0\.0\.1/);
    assert.match(stdout, /^ {2}conflict +The sources name different warm models for image-to-video/m);
    const both = resultOf(await sluice(["models", "show", turbo, "--json"]));
    assert.deepStrictEqual(
      (both["pipelines"] as ReadonlyArray<Row>).map(({ pipeline }) => pipeline),
      ["text-to-image", "image-to-image"],
    );
  });

  it("suggests a model for a name that nobody knows, and the pipeline for another's model", async () => {
    const typo = await sluice(["models", "show", "sdxl-turbo"]);
    assert.strictEqual(typo.code, 2);
    assert.strictEqual(typo.stdout, "");
    assert.include(typo.stderr, "Did you mean stabilityai/sdxl-turbo?");
    const other = await sluice(["models", "show", turbo, "-p", "llm", "--json"]);
    assert.deepInclude(resultOf(other), {
      ok: false,
      code: "SLUICE-USAGE",
      fix: "It is of text-to-image, image-to-image.",
    });
  });

  it("is shown on a terminal", async () => {
    const { code, text, raw } = await onTerminal(["models", "show", "parler-tts/parler-tts-large-v1"], {}, large);
    assert.strictEqual(code, 0);
    assert.include(text, "text-to-speech  the default");
    assert.include(raw, "\u001B[1mtext-to-speech\u001B[22m");
  });
});
