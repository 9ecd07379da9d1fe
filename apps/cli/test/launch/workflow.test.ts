/** The workflow that `sluice init` writes: its YAML, and that each of its commands is one that this command line takes. */
import { assert, describe, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { workflow } from "../../src/init/workflow.ts";
import manifest from "../../package.json" with { type: "json" };
import { sluice } from "../sluice.ts";
import { application, contact } from "./application.ts";
import { patient } from "./programs.ts";

const Step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const Workflow = z.looseObject({
  on: z.looseObject({ pull_request: z.unknown(), schedule: z.array(z.object({ cron: z.string() })) }),
  permissions: z.record(z.string(), z.string()),
  env: z.record(z.string(), z.string()),
  jobs: z.looseObject({ check: z.looseObject({ steps: z.array(Step) }) }),
});

const text = workflow("");
const { on, permissions, env, jobs } = Workflow.parse(parse(text));
const { steps } = jobs.check;

/** What stands behind the package, of the steps and of the one in a comment. */
const commands = (written: string): ReadonlyArray<ReadonlyArray<string>> =>
  [...written.matchAll(/npx --yes "\$SLUICE" (.*)$/gm)].map(([, line = ""]) => line.split(" "));

describe("the workflow of sluice init", () => {
  it("runs on pull requests and once a week, and may only read", () => {
    assert.isTrue("pull_request" in on);
    assert.match(on.schedule[0]?.cron ?? "", /^\d+ \d+ \* \* [0-6]$/);
    assert.deepStrictEqual(permissions, { contents: "read" });
    assert.deepStrictEqual(env, { SLUICE: `@sluice/cli@${manifest.version}` });
  });

  it("sees the whole history, with actions of a major version and Node 24", () => {
    const [checkout, node, ...others] = steps;
    assert.deepInclude(checkout?.with, { "fetch-depth": 0, "persist-credentials": false });
    assert.deepStrictEqual(node?.with, { "node-version": 24 });
    for (const step of [checkout, node]) assert.match(step?.uses ?? "", /^actions\/[a-z-]+@v\d+$/);
    assert.isTrue(others.every(({ run, uses }) => run !== undefined && uses === undefined));
    assert.lengthOf(commands(steps.map(({ run }) => run ?? "").join("\n")), others.length);
  });

  it("has commands that this command line takes", async () => {
    const all = commands(text);
    assert.lengthOf(all, 3);
    using folder = application({ "launch.toml": contact, "app.py": patient, ".gitignore": ".env\n" }, { git: true });
    for (const args of all) {
      // Quick, and without a question to hosts that are not ours.
      const quick = args.includes("drill")
        ? ["launch", "drill", "--only", "wrong-key", ...args.slice(2)]
        : [...args.filter((arg) => arg !== "--offline"), "--offline"];
      const { code, stdout, stderr } = await sluice(quick, {}, { cwd: folder.path });
      assert.include([0, 10], code, stderr);
      assert.isNotEmpty(stdout, args.join(" "));
    }
  });

  it("holds a change back by what is seen to be wrong alone", async () => {
    const [args = []] = commands(steps.map(({ run }) => run ?? "").join("\n"));
    using folder = application({ "launch.toml": contact });
    const { code, stdout } = await sluice([...args, "--only", "launch"], {}, { cwd: folder.path });
    assert.strictEqual(code, 0);
    assert.match(stdout, /^::warning title=S1 /m);
  });
});
