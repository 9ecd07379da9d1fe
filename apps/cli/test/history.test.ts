import { disorderIn } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assert, describe, it } from "vitest";
import { fullAt } from "../src/history/append.ts";
import { readHistory } from "../src/history/readHistory.ts";
import { historyIn, image, keepCalls, prompt, secret, stateIn } from "./callsMade.ts";
import { temporaryFolder } from "./folder.ts";
import { environment, nodeFlags, resultOf, sluice } from "./sluice.ts";

const failing = { faults: [{ kind: "unavailable", times: 1 }] } as const;

const read = (folder: string) => Effect.runPromise(readHistory(stateIn(folder)));

describe("the record of calls", () => {
  it("holds every event of a call, in order, and is its owner's alone", async () => {
    using folder = temporaryFolder();
    const { events, warnings } = await keepCalls(folder.path, {}, image);
    const path = historyIn(folder.path);
    const kept = await read(folder.path);
    assert.deepStrictEqual(warnings, []);
    assert.deepStrictEqual(
      kept.events.map(({ type }) => type),
      events.map(({ type }) => type),
    );
    assert.deepStrictEqual(disorderIn(kept.events), []);
    const [ended, ends] = [events, kept.events].map((all) =>
      all.flatMap((event) => (event.type === "call-ended" ? [event] : [])),
    );
    assert.deepStrictEqual(
      ends?.map(({ outcome, statuses, cost }) => ({ outcome, statuses, cost })),
      ended?.map(({ outcome, statuses, cost }) => ({ outcome, statuses, cost })),
    );
    assert.lengthOf(ends ?? [], 1);
    assert.strictEqual(statSync(path).mode & 0o777, 0o600);
    assert.strictEqual(statSync(dirname(path)).mode & 0o777, 0o700);
  });

  it("has nothing of what was asked, no key, no words of an error and no file's name", async () => {
    using folder = temporaryFolder();
    await keepCalls(folder.path, { faults: [{ kind: "invalid" }] }, async (gateway) => {
      await image(gateway).catch(() => undefined);
    });
    await keepCalls(folder.path, failing, async (gateway) => {
      const { images } = await image(gateway);
      await images[0]?.save(join(folder.path, "secret-name.png"));
    });
    const text = readFileSync(historyIn(folder.path), "utf8");
    for (const private_ of [prompt, "private words", secret, "secret-name", "/stream/", "fix", "message"]) {
      assert.notInclude(text, private_);
    }
    assert.include(text, '"outcome":"SLUICE-422-INVALID-REQUEST"');
    assert.include(text, '"for":"retry"');
  });

  it("is not kept with history = false", async () => {
    using folder = temporaryFolder();
    await keepCalls(folder.path, {}, image, { SLUICE_HISTORY: "false" });
    assert.isFalse(existsSync(historyIn(folder.path)));
  });

  it("that cannot be written warns once, and every call goes on", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "sluice"), "a file where the folder should be");
    const { events, warnings } = await keepCalls(folder.path, {}, async (gateway) => {
      await image(gateway);
      await image(gateway);
    });
    assert.lengthOf(warnings, 1);
    assert.match(warnings[0] ?? "", /^the record of calls cannot be written: /);
    assert.lengthOf(
      events.filter((event) => event.type === "call-ended" && event.outcome === "ok"),
      2,
    );
  });

  it("of several processes at once is whole, and bounded: nothing is lost when it moves on", async () => {
    using folder = temporaryFolder();
    const path = historyIn(folder.path);
    mkdirSync(dirname(path), { recursive: true });
    // So that it is full after some of their calls.
    writeFileSync(path, `${JSON.stringify({ type: "old", filler: "x".repeat(fullAt - 1_000_000) })}\n`);
    const writers = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [...nodeFlags, join(import.meta.dirname, "historyWriter.ts"), "60"], {
        env: environment(stateIn(folder.path)),
        stdio: "inherit",
      }),
    );
    const codes = await Promise.all(writers.map(async (writer) => (await once(writer, "exit"))[0] as number));
    assert.deepStrictEqual(codes, [0, 0, 0, 0]);
    const { events, broken } = await read(folder.path);
    assert.strictEqual(broken, 1);
    assert.lengthOf(events, 4 * 60 * 4);
    assert.deepStrictEqual(disorderIn(events), []);
    assert.isBelow(statSync(path).size, fullAt);
    assert.isAtLeast(statSync(join(dirname(path), "calls.1.ndjson")).size, fullAt);
  });

  it("is read as far as it can be, and what is left out is told", async () => {
    using folder = temporaryFolder();
    const { events } = await keepCalls(folder.path, {}, image);
    const path = historyIn(folder.path);
    const [first = ""] = readFileSync(path, "utf8").split("\n");
    appendFileSync(path, `${first.slice(0, 40)}\nnull\n{"type":"call-ended"}\n\n`);
    const kept = await read(folder.path);
    assert.strictEqual(kept.broken, 3);
    assert.lengthOf(kept.events, events.length);
    const stats = await sluice(["stats"], stateIn(folder.path));
    assert.strictEqual(stats.code, 0);
    assert.strictEqual(stats.stderr, "! 3 lines of the record could not be read: left out\n");
  });

  it("has no line of what is downloaded: that is no call, and counts in no figure", async () => {
    using folder = temporaryFolder();
    const { events } = await keepCalls(folder.path, {}, async (gateway) => {
      const { images } = await image(gateway);
      await images[0]?.save(join(folder.path, "one.png"));
    });
    assert.include(
      events.map(({ pipeline }) => pipeline),
      "download",
    );
    assert.notInclude(readFileSync(historyIn(folder.path), "utf8"), "download");
    const { calls } = resultOf(await sluice(["stats", "errors", "--json"], stateIn(folder.path)));
    assert.strictEqual(calls, 1);
  });

  it("that cannot be read is told as such, and is no bug", async () => {
    using folder = temporaryFolder();
    mkdirSync(historyIn(folder.path), { recursive: true });
    const { code, stdout, stderr } = await sluice(["stats"], stateIn(folder.path));
    assert.strictEqual(code, 1);
    assert.strictEqual(stdout, "");
    assert.match(stderr, /^✗ SLUICE-HISTORY {2}\S+calls\.ndjson cannot be read: EISDIR.*\n {2}fix /);
  });
});
