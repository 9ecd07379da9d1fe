/** What becomes of a result that is paid for, when not all of it can be had, or two want its place. */
import * as Effect from "effect/Effect";
import type { ServerResponse } from "node:http";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { writeEach } from "../src/generate/writeEach.ts";
import { notWritten, writeText } from "../src/generate/writeText.ts";
import { capped } from "../src/output/files.ts";
import { temporaryFolder } from "./folder.ts";
import { smallPng, toneWav } from "./mediaFiles.ts";
import { checkPrinted } from "./printed.ts";
import { imagesOf, scriptedGateway } from "./scriptedGateway.ts";
import { ended, resultOf, sluice, start } from "./sluice.ts";

const generate = (url: string, folder: string) => ["gen", "t2i", "fox", "-g", url, "-o", `${folder}/`];
const png = (response: ServerResponse) => response.writeHead(200, { "Content-Type": "image/png" }).end(smallPng);

describe("two commands at once", () => {
  it("whose results have one name keep both", async () => {
    const waiting: Array<ServerResponse> = [];
    await using gateway = await scriptedGateway(imagesOf(1, 7), (_, response) => {
      if (waiting.push(response) === 2) waiting.forEach(png);
    });
    using folder = temporaryFolder();
    const both = await Promise.all([1, 2].map(() => sluice(generate(gateway.url, folder.path))));
    assert.sameMembers(
      both.map(({ stdout }) => stdout.trim()),
      ["fox-7.png", "fox-7-2.png"].map((name) => join(folder.path, name)),
    );
    for (const { stdout } of both) assert.deepStrictEqual(readFileSync(stdout.trim()), smallPng);
  });
});

describe("a result of which a part cannot be had", () => {
  const lost = (path: string, response: ServerResponse): void => {
    if (path === "/2.png") response.writeHead(404).end();
    else png(response);
  };

  it("ends with 3, keeps the rest, and says why and where the part was", async () => {
    await using gateway = await scriptedGateway(imagesOf(3), lost);
    using folder = temporaryFolder();
    const args = [...generate(gateway.url, folder.path), "-c", "3"];
    const all = await sluice([...args, "--json"]);
    const result = resultOf(all) as {
      readonly images: ReadonlyArray<object>;
      readonly cause: { readonly code: string; readonly message: string; readonly attempts: ReadonlyArray<unknown> };
    };
    const files = [100, 102].map((seed) => join(folder.path, `fox-${seed}.png`));
    assert.strictEqual(all.code, 3);
    assert.deepInclude(resultOf(all), { ok: false, code: "SLUICE-PARTIAL", mayHaveRun: true, retryable: false, files });
    assert.match(String(resultOf(all)["requestId"]), /^req_/);
    assert.deepStrictEqual(
      result.images.map((image) => "file" in image),
      [true, false, true],
    );
    assert.match(result.cause.code, /^SLUICE-/);
    assert.isNotEmpty(result.cause.message);
    assert.isNotEmpty(result.cause.attempts);
    // The name that was held for it is free again.
    assert.lengthOf(readdirSync(folder.path), 2);
    const told = await sluice(args);
    assert.strictEqual(told.code, 3);
    assert.lengthOf(told.stdout.trim().split("\n"), 2);
    assert.match(told.stderr, /^✔ 2 of 3 images {2}/m);
    assert.include(told.stderr, `not saved  ${gateway.url}/2.png`);
  });

  it("and of which nothing can be had, ends as what went wrong does", async () => {
    await using gateway = await scriptedGateway(imagesOf(1));
    using folder = temporaryFolder();
    const { code, stdout, stderr } = await sluice(generate(gateway.url, folder.path));
    assert.strictEqual(code, 7);
    assert.strictEqual(stdout, "");
    assert.match(stderr, /^✔ 0 of 1 image {2}/m);
    assert.include(stderr, `not saved  ${gateway.url}/1.png`);
    assert.isEmpty(readdirSync(folder.path));
  });

  it("is written as far as the disk takes it", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "file"), "");
    const wanted = ["a", "file/b", "c"].map((name) => ({ stem: join(folder.path, name), extension: ".png" }));
    let saved: ReadonlyArray<string | undefined> = [];
    const failure = await Effect.runPromise(
      writeEach({
        wanted,
        write: (path, index) => Effect.as(writeText(path, String(index)), path),
        refused: notWritten,
        saved: (paths) => (saved = paths),
      }),
    );
    assert.strictEqual(failure?.code, "SLUICE-FILE");
    assert.deepStrictEqual(saved, [join(folder.path, "a.png"), undefined, join(folder.path, "c.png")]);
  });
});

describe("Ctrl-C while a result is saved", () => {
  const interrupted = async (folder: string, more: ReadonlyArray<string> = []) => {
    let asked = 0;
    let hasAsked: () => void = () => undefined;
    // Four are fetched at once: who asks for the fifth has saved one.
    const saving = new Promise<void>((resolve) => (hasAsked = resolve));
    await using gateway = await scriptedGateway(imagesOf(5), (path, response) => {
      asked += 1;
      if (path === "/1.png") png(response);
      if (asked === 5) hasAsked();
    });
    const child = start([...generate(gateway.url, folder), "-c", "5", ...more]);
    const end = ended(child);
    await saving;
    child.kill("SIGINT");
    return { all: await end, url: gateway.url };
  };

  it("says that it is paid, and where it is", async () => {
    using folder = temporaryFolder();
    const { all, url } = await interrupted(folder.path);
    assert.strictEqual(all.code, 130);
    assert.include(
      all.stderr,
      "■ interrupted\n✗ SLUICE-499-ABORTED  interrupted while the result was saved; the call is paid\n",
    );
    assert.include(all.stderr, `saved      ${join(folder.path, "fox-100.png")}`);
    for (const number of [2, 3, 4, 5]) assert.include(all.stderr, `not saved  ${url}/${number}.png`);
    assert.deepStrictEqual(readdirSync(folder.path), ["fox-100.png"]);
  });

  it("says so with --quiet as well", async () => {
    using folder = temporaryFolder();
    const { all, url } = await interrupted(folder.path, ["-q"]);
    assert.include(all.stderr, `not saved  ${url}/2.png`);
  });

  it("says so in JSON", async () => {
    using folder = temporaryFolder();
    const { all } = await interrupted(folder.path, ["--json"]);
    checkPrinted(all.stdout);
    const files = [join(folder.path, "fox-100.png")];
    assert.deepInclude(resultOf(all), { ok: false, code: "SLUICE-499-ABORTED", mayHaveRun: true, files });
    assert.lengthOf(resultOf(all)["images"] as ReadonlyArray<unknown>, 5);
    assert.lengthOf(resultOf(all)["attempts"] as ReadonlyArray<unknown>, 1);
  });
});

it("speech without times is one subtitle over the whole", async () => {
  await using gateway = await scriptedGateway({ text: " All of it.", chunks: [] });
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "talk.wav"), toneWav);
  const args = ["gen", "a2t", "talk.wav", "--format", "srt", "-g", gateway.url];
  const { code, stdout, stderr } = await sluice(args, {}, { cwd: folder.path });
  assert.strictEqual(code, 0);
  assert.strictEqual(stdout, "1\n00:00:00,000 --> 00:00:02,000\nAll of it.\n");
  assert.include(stderr, "! the gateway gave no times");
});

it("a name is cut between two letters, at 200 bytes", () => {
  assert.strictEqual(capped("a-red-fox"), "a-red-fox");
  assert.strictEqual(capped(`a${"\u{20BB7}".repeat(80)}`), `a${"\u{20BB7}".repeat(49)}`);
});
