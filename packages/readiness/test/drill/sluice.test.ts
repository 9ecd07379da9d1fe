/** Sluice's own client in the drill, with its defaults. */
import { build } from "esbuild";
import * as Effect from "effect/Effect";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { drill, type DrillOptions } from "../../src/drill/index.ts";

describe("Sluice's client", () => {
  let folder: string;
  let program: string;
  // As a bundle it starts five times as fast as from its sources.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-drill-test-"));
    program = join(folder, "sluice.mjs");
    await build({
      entryPoints: [join(import.meta.dirname, "programs/sluice.ts")],
      outfile: program,
      conditions: ["@sluice/source"],
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      ...{ bundle: true, platform: "node", format: "esm", logLevel: "silent" },
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const notRight = async (options: Omit<DrillOptions, "command">, ...args: ReadonlyArray<string>) => {
    const pace = { coldMs: 1_500, slowMs: 1_000, retryAfterMs: 1_000 };
    const command = [process.execPath, program, ...args] as const;
    const report = await Effect.runPromise(drill({ command, pace, jobs: 6, patienceMs: 15_000, ...options }));
    return report.scenarios.filter(({ verdict }) => verdict !== "right").map(({ id, seen }) => `${id}: ${seen}`);
  };

  const halves = [
    { only: ["wrong-key", "bad-field", "cold-503", "cold-hold", "rate-limit", "retry-later", "masked-500"] },
    {
      only: [
        "closed-socket",
        "null-result",
        "proxy-page",
        "slow-first-byte",
        "reset-unread",
        "truncated-answer",
        "retired",
        "redirect",
      ],
    },
  ] as const;

  it.each(halves)("is right in what a go-livepeer gateway does: $only", async ({ only }) => {
    assert.deepEqual(await notRight({ only }), []);
  });

  it.each(halves)("is right in what Studio does, and what stands in front of it: $only", async ({ only }) => {
    assert.deepEqual(await notRight({ only, dialect: "studio" }, "livepeer-studio"), []);
  });
});
