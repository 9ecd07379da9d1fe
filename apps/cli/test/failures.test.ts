import { type FaultKind, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { resultOf, sluice } from "./sluice.ts";

const generate = ["generate", "text-to-image", "a fox"];

describe("a call that fails", () => {
  const table: ReadonlyArray<readonly [FaultKind, string, number]> = [
    ["unauthorized", "SLUICE-401-UNAUTHORIZED", 4],
    ["invalid", "SLUICE-422-INVALID-REQUEST", 5],
    ["retired", "SLUICE-410-RETIRED", 5],
    ["web-page", "SLUICE-502-MALFORMED", 7],
  ];
  for (const [kind, failure, exitCode] of table) {
    it(`(${kind}) ends with ${exitCode}, ${failure} and a fix, after one attempt`, async () => {
      await using emulator = await startEmulator({ faults: [{ kind }] });
      const env = { LIVEPEER_API_KEY: "sk-live-0123456789abcdef" };
      const { code, stdout, stderr } = await sluice([...generate, "-g", emulator.url], env);
      assert.strictEqual(code, exitCode);
      assert.strictEqual(stdout, "");
      assert.include(stderr, `✗ ${failure}  `);
      assert.match(stderr, /\n {2}fix {7}\S/);
      assert.lengthOf(emulator.journal(), 1);
      assert.notInclude(stderr, "sk-live");
    });
  }

  it("(price) is refused before any request, with 9 and a sentence", async () => {
    await using emulator = await startEmulator({});
    const { code, stderr } = await sluice([...generate, "-g", emulator.url, "--max-cost", "0.001"]);
    assert.strictEqual(code, 9);
    assert.include(stderr, "This text-to-image call would cost $0.019922944, and the limit is $0.001.");
    assert.isEmpty(emulator.journal());
  });

  it("(rate limit) says when to return, at once, with 6", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "rate-limited", retryAfter: "86400" }] });
    const ended = await sluice([...generate, "-g", emulator.url, "--json"]);
    const outcome = resultOf(ended) as { readonly fix: string; readonly attempts: ReadonlyArray<unknown> };
    assert.strictEqual(ended.code, 6);
    assert.match(outcome.fix, /^Come back at \d{4}-\d\d-\d\dT/);
    assert.lengthOf(outcome.attempts, 1);
  });

  it("(deadline) ends with 8 when --timeout has passed", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "silent" }] });
    const ended = await sluice([...generate, "-g", emulator.url, "--timeout", "300ms", "--json"]);
    assert.strictEqual(ended.code, 8);
    assert.deepInclude(resultOf(ended), { ok: false, code: "SLUICE-504-DEADLINE", mayHaveRun: true, files: [] });
  });

  it("(connection) ends with 7 when nothing listens", async () => {
    const { code, stderr } = await sluice([...generate, "-g", "http://127.0.0.1:9"]);
    assert.strictEqual(code, 7);
    assert.include(stderr, "SLUICE-502-CONNECTION");
  });
});

describe("a command that is misused", () => {
  it("ends with 2 and a pointer to help", async () => {
    const { code, stdout, stderr } = await sluice(["generate", "text-to-image"]);
    assert.strictEqual(code, 2);
    assert.strictEqual(stdout, "");
    assert.include(stderr, "Missing required argument: prompt");
    assert.include(stderr, "sluice generate text-to-image --help");
  });

  it("is answered in JSON when JSON was asked for", async () => {
    const ended = await sluice([...generate, "--width", "wide", "--json"]);
    assert.strictEqual(ended.code, 2);
    assert.deepInclude(resultOf(ended), { ok: false, code: "SLUICE-USAGE", command: "generate text-to-image" });
  });

  for (const prompt of ["-hello", "-vivid colours", "-7 degrees"]) {
    it(`with the prompt "${prompt}" is told where such a prompt goes, and does not succeed`, async () => {
      const ended = await sluice(["gen", "t2i", prompt, "--json"]);
      assert.strictEqual(ended.code, 2);
      assert.include(resultOf(ended)["fix"], "behind `--`");
    });
  }

  it("with a flag's value that starts with a dash is told how to write it", async () => {
    const ended = await sluice([...generate, "--negative", "-blurry, bad", "--json"]);
    assert.strictEqual(ended.code, 2);
    assert.include(resultOf(ended)["fix"], 'For the value of --negative, write --negative="-blurry, bad"; else put');
    const written = await sluice([...generate, "--negative=-blurry, bad", "-n", "--json", "-g", "http://127.0.0.1:9"]);
    const { request } = resultOf(written) as { readonly request: { readonly fields: object } };
    assert.deepInclude(request.fields, { negative_prompt: "-blurry, bad" });
  });

  it("with an output that is empty, or longer than a name may be, is refused before anything is sent", async () => {
    await using emulator = await startEmulator({});
    for (const path of ["", `${"x".repeat(300)}.png`]) {
      assert.strictEqual((await sluice([...generate, "-o", path, "-g", emulator.url])).code, 2);
    }
    assert.isEmpty(emulator.journal());
  });

  it("with a gateway that is empty, as an unset variable is, does not fall back to the public one", async () => {
    assert.strictEqual((await sluice([...generate, "-g", ""])).code, 2);
  });

  it("with an output that is in the way of a file is refused before anything is sent", async () => {
    await using emulator = await startEmulator({});
    const { code, stderr } = await sluice([...generate, "-g", emulator.url, "-o", `${import.meta.filename}/x/`]);
    assert.strictEqual(code, 2);
    assert.include(stderr, "is a file, not a folder");
    assert.isEmpty(emulator.journal());
  });

  it("with a typo is told what was meant", async () => {
    const { code, stderr } = await sluice(["generate", "text-to-imag", "x"]);
    assert.strictEqual(code, 2);
    assert.include(stderr, "Did you mean `sluice generate text-to-image`?");
  });

  it("with a gateway that does not exist is told which do", async () => {
    const ended = await sluice([...generate, "-g", "nope", "--json"]);
    assert.strictEqual(ended.code, 2);
    const { message, ...rest } = resultOf(ended);
    assert.include(message, "livepeer-cloud, livepeer-studio, go-livepeer");
    assert.deepInclude(rest, { attempts: [], cost: null, files: [], warnings: [] });
  });

  it("with fields out of bounds ends with 5: flags for people, fields of the wire for programs", async () => {
    const args = [...generate, "-W", "1001", "-c", "13"];
    const { code, stderr } = await sluice(args);
    assert.strictEqual(code, 5);
    assert.match(stderr, /^✗ SLUICE-422-INVALID-REQUEST {2}2 mistakes\n {2}--width {2}.*\n {2}--count {2}.*\n {2}docs/);
    const { fields } = resultOf(await sluice([...args, "--json"])) as {
      readonly fields: ReadonlyArray<{ readonly path: string }>;
    };
    assert.deepStrictEqual(
      fields.map(({ path }) => path),
      ["width", "num_images_per_prompt"],
    );
  });

  it("with one field out of bounds names its flag in the message and the fix", async () => {
    const { stderr } = await sluice([...generate, "-c", "13"]);
    assert.include(stderr, "is invalid: --count: too big");
    assert.include(stderr, "fix       `--count`: Give at most 12.");
  });
});
