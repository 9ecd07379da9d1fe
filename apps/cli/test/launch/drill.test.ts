/** `sluice launch drill` with programs that know nothing of Sluice. What is right and wrong is tested where it is judged. */
import { DrillReport } from "@sluice/readiness/drill";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { ended, eventsOf, resultOf, sluice, start } from "../sluice.ts";
import { onTerminal, small } from "../terminal.ts";
import { application } from "./application.ts";
import { naive, patient } from "./programs.ts";

const quick = ["--cold", "300ms", "--slow", "300ms", "--retry-after", "1s"];

const drill = (cwd: string, ...args: ReadonlyArray<string>) =>
  sluice(["launch", "drill", ...quick, ...args], {}, { cwd });

const evidence = ".sluice/launch/drill.json";

describe("sluice launch drill -- python3 app.py", () => {
  it("judges each scenario by what the program sent, and says what to change", async () => {
    using folder = application({ "app.py": naive });
    const { code, stdout, stderr } = await drill(folder.path, "--jobs", "4", "--", "python3", "app.py");
    assert.strictEqual(code, 10, stderr);
    assert.match(stderr, /^with a gateway that is well: 1 request, \d+\.\d s$/m);
    assert.match(stdout, /^✔ a wrong key {27}.*1 request.*$/m);
    assert.match(stdout, /^✗ a cold model that refuses /m);
    assert.match(
      stdout,
      /^✗ cold-503 {2}a cold model that refuses\n {2}wrong {3}\S.*\n(?: {10}.*\n)* {2}change {2}\S/m,
    );
    assert.match(stdout, /\n\d+ of \d+ right.*\n$/);
    assert.match(stderr, /^✗ SLUICE-FINDINGS {2}\d+ of \d+ right.*; wrong: .*cold-503/m);
    assert.match(stderr, /^saved \.sluice\/launch\/drill\.json, which `sluice launch check` reads$/m);
    const saved = DrillReport.parse(JSON.parse(readFileSync(join(folder.path, evidence), "utf8")));
    assert.deepStrictEqual(saved.command, ["python3", "app.py"]);
    assert.isAbove(saved.scenarios.length, 12);
    // Eighteen programs, one after the other on a machine that does other things as well.
  }, 120_000);

  it("is content with a program that asks again, and keeps no part unless told to", async () => {
    using folder = application({ "app.py": patient });
    const only = ["--only", "wrong-key,bad-field,cold-503,rate-limit", "--jobs", "4"];
    const { code, stdout, stderr } = await drill(folder.path, ...only, "--", "python3", "app.py");
    assert.strictEqual(code, 0, stdout + stderr);
    assert.match(stdout, /\n4 of 4 right/);
    assert.include(stderr, "not saved, because it is a part; --save keeps it");
    assert.isFalse(existsSync(join(folder.path, evidence)));
    const kept = await drill(folder.path, "--only", "wrong-key", "--save", "--", "python3", "app.py");
    assert.include(kept.stderr, `saved ${evidence}`);
    assert.isTrue(existsSync(join(folder.path, evidence)));
  });

  it("loses no report with the file that cannot be written", async () => {
    using folder = application({ "app.py": naive, ".sluice": "no folder" });
    const args = ["--only", "wrong-key", "--save", "--json", "--", "python3", "app.py"];
    const asked = await drill(folder.path, ...args);
    assert.strictEqual(asked.code, 1);
    assert.deepInclude(resultOf(asked), { ok: false, code: "SLUICE-FILE", saved: null });
    assert.lengthOf(DrillReport.parse(resultOf(asked)["report"]).scenarios, 1);
  });

  it("prints an event per scenario, and the report last, for programs", async () => {
    using folder = application({ "app.py": naive });
    const args = ["--only", "wrong-key,cold-503", "--json", "--", "python3", "app.py", "--json"];
    const told = await drill(folder.path, ...args);
    assert.strictEqual(told.code, 10);
    assert.strictEqual(told.stderr, "");
    assert.deepStrictEqual(
      eventsOf(told).map(({ type }) => type),
      ["rehearsed", "began", "judged", "began", "judged"],
    );
    const report = DrillReport.parse(resultOf(told)["report"]);
    assert.deepStrictEqual(report.score, { right: 1, judged: 2 });
    assert.deepStrictEqual(report.command, ["python3", "app.py", "--json"]);
    assert.deepInclude(resultOf(told), { ok: false, code: "SLUICE-FINDINGS", saved: null });
  });

  it("prints the formats that others read", async () => {
    using folder = application({ "app.py": naive });
    const args = ["--only", "wrong-key", "--format"];
    const junit = await drill(folder.path, ...args, "junit", "--", "python3", "app.py");
    assert.match(junit.stdout, /^<\?xml [^]*<\/testsuites>\s*$/);
    const md = await drill(folder.path, ...args, "md", "--", "python3", "app.py");
    assert.match(md.stdout, /^# Drill: 1 of 1 right\n/);
  });

  it("tells on a terminal what is under way, and keeps within it", async () => {
    using folder = application({ "app.py": naive });
    const args = ["launch", "drill", ...quick, "--only", "wrong-key,cold-503", "--", "python3", "app.py"];
    const { code, text, raw } = await onTerminal(args, {}, { ...small, cwd: folder.path });
    assert.strictEqual(code, 10);
    assert.include(raw, "a cold model that refuses");
    assert.isTrue(text.split("\n").every((line) => line.length <= 80));
  });
});

describe("a drill that cannot be held", () => {
  it("says why, and what the program printed", async () => {
    using folder = application({ "app.py": "import sys\nsys.exit('no gateway is configured')\n" });
    const { code, stdout, stderr } = await drill(folder.path, "--", "python3", "app.py");
    assert.strictEqual(code, 2);
    assert.strictEqual(stdout, "");
    assert.match(stderr, /^✗ SLUICE-DRILL {2}\S/);
    assert.include(stderr, "no gateway is configured");
    const missing = await drill(folder.path, "--", "no-such-program");
    assert.strictEqual(missing.code, 2);
    assert.match(missing.stderr, /^✗ SLUICE-DRILL .*no-such-program/m);
    assert.isFalse(existsSync(join(folder.path, evidence)));
  });

  it("is refused when it makes no sense, before anything is started", async () => {
    for (const args of [[], ["--only", "cold-504", "--", "true"], ["--jobs", "0", "--", "true"]]) {
      const { code, stdout, stderr } = await sluice(["launch", "drill", ...args]);
      assert.strictEqual(code, 2, args.join(" "));
      assert.strictEqual(stdout, "");
      assert.match(stderr, /^✗ SLUICE-USAGE {2}/);
    }
  });
});

it("Ctrl-C ends the drill, and the program with it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const hangs = `import os, socket\nsocket.create_connection(("127.0.0.1", int(os.environ["TEST_PORT"]))).recv(1)\n`;
  using folder = application({ "app.py": hangs });
  const args = ["launch", "drill", "--", "python3", "app.py"];
  const child = start(args, { TEST_PORT: String(port) }, { cwd: folder.path });
  const end = ended(child);
  const [connection] = (await once(server, "connection")) as [Socket];
  const left = once(
    connection.resume().on("error", () => undefined),
    "close",
  );
  child.kill("SIGINT");
  assert.strictEqual((await end).code, 130);
  await left;
  server.close();
  assert.isFalse(existsSync(join(folder.path, evidence)));
});
