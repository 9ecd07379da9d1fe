import { startEmulator } from "@sluice/emulator";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { assert, describe, it } from "vitest";
import { sizeOf, temporaryFolder } from "./folder.ts";
import { smallPng } from "./mediaFiles.ts";
import { eventsOf, resultOf, sluice } from "./sluice.ts";

const small = ["-W", "64", "-H", "96"];

describe("sluice generate text-to-image", () => {
  it("prints the path alone on stdout, and the story on stderr", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const args = ["generate", "text-to-image", "A red Fox, in snow!", "-o", `${folder.path}/`, "-g", emulator.url];
    const { code, stdout, stderr } = await sluice([...args, "--seed", "7", ...small]);
    const path = join(folder.path, "a-red-fox-in-snow-7.png");
    assert.strictEqual(stdout, `${path}\n`);
    assert.strictEqual(code, 0);
    assert.deepStrictEqual(sizeOf(path), [64, 96]);
    assert.include(stderr, "0.01 MP × $0.019/MP = $0.0001");
    assert.match(stderr, /^✔ 1 image {2}\d\.\d s {2}1 attempt {2}\$0\.000116736 \(\$0\.0001\) {2}seed 7 {2}nsfw no$/m);
  });

  it("draws the same bytes for the same seed, and never overwrites a file in a folder", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const args = ["gen", "t2i", "fox", "-o", folder.path, "-g", emulator.url, "--seed", "7", ...small];
    const first = (await sluice(args)).stdout.trim();
    const second = (await sluice(args)).stdout.trim();
    assert.deepStrictEqual(
      [first, second],
      ["fox-7.png", "fox-7-2.png"].map((name) => join(folder.path, name)),
    );
    assert.deepStrictEqual(readFileSync(first), readFileSync(second));
  });

  it("takes a gateway from a JSON file, with its own prices", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const gateway = join(folder.path, "acme.json");
    const rates = [{ pipeline: "text-to-image", unit: "pixel", price: "0.5", per: 1_000_000 }];
    const prices = { source: "our contract", asOf: "2026-11-01", rates };
    writeFileSync(gateway, JSON.stringify({ name: "acme", baseUrl: emulator.url, prices }));
    const args = ["gen", "t2i", "fox", "-o", folder.path, "-g", gateway, ...small];
    const { code, stderr } = await sluice(args);
    assert.strictEqual(code, 0);
    assert.include(stderr, "gateway    acme\n  estimate   0.01 MP × $0.5/MP = $0.0031");
    writeFileSync(
      gateway,
      JSON.stringify({ name: "acme", prices: { ...prices, rates: [{ ...rates[0], price: 0.5 }] } }),
    );
    const broken = await sluice(args);
    assert.strictEqual(broken.code, 2);
    assert.match(broken.stderr, /^✗ SLUICE-400-CONFIGURATION {2}2 mistakes\n/);
    assert.match(
      broken.stderr,
      /\n {2}gateway\.prices\.rates\.0\.price {2}.*\n {2}gateway\.baseUrl {2}is required\. Give/,
    );
  });

  it("warns of what may not be meant, in words and as JSON", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const args = ["gen", "t2i", "fox | hound", "-o", folder.path, "-g", emulator.url, "-W", "512", "-H", "512"];
    assert.include((await sluice(args)).stderr, "! prompt holds a vertical bar, which splits it into several prompts.");
    const { warnings } = resultOf(await sluice([...args, "--json"])) as {
      readonly warnings: ReadonlyArray<{ readonly rule: string }>;
    };
    assert.deepStrictEqual(
      warnings.map(({ rule }) => rule),
      ["prompt-split"],
    );
  });

  it("makes several images at once, each a file", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const file = join(folder.path, "new/fox.png");
    const args = ["gen", "t2i", "fox", "-o", file, "-g", emulator.url, "-c", "3", ...small];
    const { stdout } = await sluice(args);
    assert.deepStrictEqual(
      stdout.trim().split("\n"),
      [1, 2, 3].map((n) => join(folder.path, `new/fox-${n}.png`)),
    );
  });

  it("with --json prints events and one result, and nothing else anywhere", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "unavailable", times: 1 }] });
    using folder = temporaryFolder();
    const args = ["gen", "t2i", "fox", "-o", folder.path, "--seed", "7", "--json", ...small];
    const ended = await sluice(args, { SLUICE_GATEWAY: emulator.url });
    const outcome = resultOf(ended);
    assert.deepInclude(outcome, { ok: true, code: "OK", fix: null, files: [join(folder.path, "fox-7.png")] });
    assert.deepInclude(outcome["cost"], { units: 6144, unit: "pixel", usd: "0.000116736" });
    const attempts = outcome["attempts"] as ReadonlyArray<{ readonly outcome: string }>;
    assert.deepStrictEqual(
      attempts.map((attempt) => attempt.outcome),
      ["SLUICE-503-COLD", "ok"],
    );
    const told = eventsOf(ended);
    assert.deepStrictEqual(
      told.filter(({ requestId }) => requestId === outcome["requestId"]).map(({ type }) => type),
      ["call-started", "attempt-started", "attempt-ended", "waiting", "attempt-started", "attempt-ended", "call-ended"],
    );
    const waiting = told.find(({ type }) => type === "waiting");
    assert.hasAllKeys(waiting?.["reason"], ["code", "message"]);
    assert.strictEqual(ended.stderr, "");
    assert.strictEqual(ended.code, 0);
  });

  it("gives numbers to several files, and replaces none that nobody named", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const mine = join(folder.path, "fox-2.png");
    writeFileSync(mine, "mine");
    const args = ["gen", "t2i", "fox", "-o", join(folder.path, "fox.png"), "-c", "2", "-g", emulator.url, ...small];
    assert.deepStrictEqual(
      (await sluice(args)).stdout.trim().split("\n"),
      ["fox-1.png", "fox-2-2.png"].map((name) => join(folder.path, name)),
    );
    assert.strictEqual(readFileSync(mine, "utf8"), "mine");
  });

  it("reads its prompt from standard input", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const args = ["gen", "t2i", "-", "-g", emulator.url, "-n", "--json"];
    const { request } = resultOf(await sluice(args, {}, { cwd: folder.path, stdin: "a red fox\n" })) as {
      readonly request: { readonly fields: object };
    };
    assert.deepInclude(request.fields, { prompt: "a red fox" });
    const both = await sluice(["gen", "i2i", "-", "-", "-g", emulator.url], {}, { stdin: "" });
    assert.strictEqual(both.code, 2);
    assert.include(both.stderr, "both image and prompt are `-`");
  });

  it("takes a prompt whose name no disk would take", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const letters = "\u{20BB7}".repeat(60);
    const photo = join(folder.path, `${letters.slice(0, 100)}.png`);
    writeFileSync(photo, smallPng);
    const { stdout, code } = await sluice(["gen", "i2i", photo, letters, "-o", folder.path, "-g", emulator.url]);
    assert.strictEqual(code, 0);
    assert.isAtMost(Buffer.byteLength(basename(stdout.trim())), 255);
  });

  it("draws a prompt that starts with a dash, given behind --", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const args = ["gen", "t2i", "-g", emulator.url, "-o", folder.path, "--seed", "7", ...small, "--", "-hello"];
    assert.strictEqual((await sluice(args)).stdout, `${join(folder.path, "hello-7.png")}\n`);
  });

  it("takes the gateway's address and the key from the environment", async () => {
    await using emulator = await startEmulator({});
    using folder = temporaryFolder();
    const env = { SLUICE_GATEWAY: "go-livepeer", SLUICE_GATEWAY_URL: emulator.url, LIVEPEER_API_KEY: "sk-1234567890" };
    const { code } = await sluice(["gen", "t2i", "fox", "-o", folder.path, ...small], env);
    assert.strictEqual(code, 0);
    assert.isTrue(emulator.journal()[0]?.authorized);
  });
});
