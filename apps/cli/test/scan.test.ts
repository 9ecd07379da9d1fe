/** `sluice keys scan` as people and programs meet it. */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assert, describe, it } from "vitest";
import * as z from "zod";
import { keysScanFacts } from "../src/results/scan.ts";
import { temporaryFolder } from "./folder.ts";
import { resultOf, sluice } from "./sluice.ts";
import { large, onTerminal } from "./terminal.ts";

const project = (files: Readonly<Record<string, string>>, { git = true } = {}) => {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
  if (git) execFileSync("git", ["init", "-q"], { cwd: folder.path });
  return folder;
};

const factsOf = (result: Readonly<Record<string, unknown>>) => z.looseObject(keysScanFacts.shape).parse(result);

/** As a bundler writes it: 500 kB on one line. */
const minified = (planted: string): string => `${"a.b(c,d);".repeat(40_000)}${planted}${"e(f)&&g;".repeat(20_000)}`;

describe("sluice keys scan", () => {
  it("says where each key is, what it is and what to do, and ends with 10", async () => {
    const key = randomUUID();
    using folder = project({
      ".gitignore": "dist/\n.env\nnode_modules/\n",
      "src/api.ts": `// one\nconst key = "${key}";\n`,
      "src/web.ts": "export const key = process.env.NEXT_PUBLIC_LIVEPEER_API_KEY;\n", // sluice-allow-secret
      "dist/index.js": minified(`h={Authorization:"Basic ${Buffer.from(`me:${key}`).toString("base64")}"};`),
      "node_modules/x/index.js": `"${key}"`,
      ".env": `LIVEPEER_API_KEY=${key}\n`,
    });
    const { code, stdout, stderr } = await sluice(["keys", "scan"], { LIVEPEER_API_KEY: key }, { cwd: folder.path });
    assert.strictEqual(code, 10);
    assert.notInclude(stdout + stderr, key);
    assert.match(
      stdout,
      /^✗ CRITICAL {2}src\/api\.ts:2:14\n {12}your key LIVEPEER_API_KEY {3}sha256:[0-9a-f]{12}\n {12}→ Take it out/m,
    );
    assert.match(
      stdout,
      /^✗ CRITICAL {2}dist\/index\.js:1:3600\d\d\n {12}your key LIVEPEER_API_KEY, as base64, in what is shipped/m,
    );
    assert.match(
      stdout,
      /^✗ CRITICAL {2}src\/web\.ts:1:20\n {12}NEXT_PUBLIC_LIVEPEER_API_KEY: shipped to every browser/m,
    );
    assert.match(stdout, /^· INFO {6}\.env:1:18\n {12}your key LIVEPEER_API_KEY \(git ignores this file\)/m);
    assert.notInclude(stdout, "node_modules");
    assert.match(stderr, /^scanned 5 files, 0 commits, dist\/ \(1 file\) in \d+\.\d s$/m);
    assert.include(stderr, "✗ SLUICE-FINDINGS  3 findings: 3 critical");
  });

  it("looks the same on a terminal, with colours", async () => {
    const key = randomUUID();
    using folder = project({ "app.ts": `LIVEPEER_API_KEY=${key}` });
    const { code, text, raw } = await onTerminal(["keys", "scan"], {}, { ...large, cwd: folder.path });
    assert.strictEqual(code, 10);
    assert.include(raw, "\u001B[31m✗ HIGH");
    assert.match(text, /^✗ HIGH {6}app\.ts:1:18\n {12}a UUID as LIVEPEER_API_KEY {3}sha256:[0-9a-f]{12}$/m);
    assert.notInclude(raw, key);
  });

  it("is content with a clean folder, and with a key in .env alone", async () => {
    const key = randomUUID();
    using folder = project({ ".gitignore": ".env*\n", ".env.local": `LIVEPEER_API_KEY=${key}\n`, "a.ts": "a\n" });
    const ended = await sluice(["keys", "scan"], { LIVEPEER_API_KEY: key }, { cwd: folder.path });
    assert.strictEqual(ended.code, 0);
    assert.include(ended.stderr, "✓ no keys where they should not be");
    const onScreen = await onTerminal(["keys", "scan"], {}, { ...large, cwd: folder.path });
    assert.strictEqual(onScreen.code, 0);
    assert.include(onScreen.text, "✓ no keys where they should not be");
    const { notices, findings, scanned } = factsOf(
      resultOf(await sluice(["keys", "scan", "--json"], {}, { cwd: folder.path })),
    );
    assert.deepEqual(findings, []);
    assert.lengthOf(notices, 1);
    assert.strictEqual(scanned.files, 3);
  });

  it("finds a .env that git does not ignore", async () => {
    using folder = project({ ".env": `LIVEPEER_API_KEY=${randomUUID()}\n` });
    const { stdout, code } = await sluice(["keys", "scan"], {}, { cwd: folder.path });
    assert.strictEqual(code, 10);
    assert.include(stdout, "→ Add the file to .gitignore");
  });

  it("prints its findings for programs, by their schema, and as SARIF", async () => {
    const key = randomUUID();
    using folder = project({ "public/app.js": minified(`k="${key}"`) });
    const ended = await sluice(["keys", "scan", "--json"], { SLUICE_API_KEY: key }, { cwd: folder.path });
    const { findings, scanned } = factsOf(resultOf(ended));
    assert.strictEqual(ended.code, 10);
    assert.deepInclude(findings[0], {
      kind: "known-key",
      place: "bundle",
      severity: "critical",
      line: 1,
      column: 360_004,
    });
    assert.deepEqual(scanned.bundles, [{ folder: "public", files: 1 }]);
    assert.notInclude(ended.stdout, key);

    const sarif = await sluice(["keys", "scan", "--format", "sarif"], { SLUICE_API_KEY: key }, { cwd: folder.path });
    assert.strictEqual(sarif.code, 10);
    assert.deepInclude((JSON.parse(sarif.stdout) as { runs: [{ results: [object] }] }).runs[0].results[0], {
      ruleId: "known-key",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "public/app.js" },
            region: { startLine: 1, startColumn: 360_004 },
          },
        },
      ],
    });
  });

  it("reads what it is told to: paths, ignored folders, other bundles", async () => {
    const key = randomUUID();
    using folder = project({
      ".gitignore": "www/\ntmp/\n",
      "a.ts": key,
      "www/b.js": key,
      "tmp/c.js": key,
      "d/e.ts": "",
    });
    const filesOf = async (...args: ReadonlyArray<string>) => {
      const ended = await sluice(["keys", "scan", "--json", ...args], { LIVEPEER_API_KEY: key }, { cwd: folder.path });
      return factsOf({ findings: [], notices: [], ...resultOf(ended) }).findings.map(({ file }) => file);
    };
    assert.deepEqual(await filesOf(), ["a.ts"]);
    assert.sameMembers(await filesOf("--bundles", "www"), ["a.ts", "www/b.js"]);
    assert.deepEqual(await filesOf("tmp", "d"), ["tmp/c.js"]);
    assert.deepEqual(await filesOf("a.ts"), ["a.ts"]);
    assert.deepEqual(await filesOf("--exclude", "*.ts"), []);
    const lost = await sluice(["keys", "scan", "nowhere"], {}, { cwd: folder.path });
    assert.strictEqual(lost.code, 2);
    assert.include(lost.stderr, "there is no");
  });

  it("reads a file that is larger than memory should hold", async () => {
    const key = randomUUID();
    const line = `${"x".repeat(99)}\n`;
    using folder = project({ "log.txt": `${line.repeat(130_000)}key ${key}\n${line}` });
    const ended = await sluice(["keys", "scan", "--json"], { LIVEPEER_API_KEY: key }, { cwd: folder.path });
    assert.deepInclude(factsOf(resultOf(ended)).findings[0], { file: "log.txt", line: 130_001, column: 5 });
  });

  it("finds nothing in this repository", async () => {
    const cwd = join(import.meta.dirname, "../../..");
    const { code, stdout } = await sluice(["keys", "scan"], {}, { cwd });
    assert.strictEqual(stdout, "");
    assert.strictEqual(code, 0);
  });
});
