/** A1. Keys are drawn as the tests run, so that no test holds one. */
import * as Redacted from "effect/Redacted";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { assert, it } from "vitest";
import { folderWith, verdictOf } from "../../subject.ts";
import { repository, verdictOn } from "./repository.ts";
import { serviceAt } from "./service.ts";

const known = (key: string) => [{ name: "livepeer-studio", key: Redacted.make(key) }];

it("passes when keys are in the environment alone, and says what was looked at", async () => {
  const key = randomUUID();
  const verdict = await verdictOf("A1", {
    files: {
      ".gitignore": ".env\ndist/\n",
      ".env": `LIVEPEER_API_KEY=${key}\n`,
      "src/app.ts": "const key = process.env.LIVEPEER_API_KEY;\n",
      "dist/app.js": "fetch('/generate')",
    },
    ...{ git: true, keys: known(key) },
  });
  assert.deepEqual(verdict, {
    status: "pass",
    evidence: "no key in 4 files, dist/ (1 file), 1 commit, 1 known key looked for",
    details: [".env:1: your key livepeer-studio (git ignores this file)"],
  });
});

it("fails on a key in a source, with its place and without the key", async () => {
  const key = randomUUID();
  const verdict = await verdictOf("A1", {
    files: { "src/app.ts": `// one\nconst livepeerKey = "${key}";\n` },
    git: true,
  });
  assert.strictEqual(verdict.status, "fail");
  assert.match(verdict.evidence, /^src\/app\.ts:2: a UUID as livepeerKey \(in git since [0-9a-f]{10}, .+\)$/);
  assert.deepInclude(verdict.places?.[0], { file: "src/app.ts", line: 2, column: 22 });
  assert.match(verdict.fix ?? "", /^Rotate it, and read it from the environment;.+sha256:[0-9a-f]{12}/);
  assert.notInclude(JSON.stringify(verdict), key);
});

it("fails on a known key in a bundle that git ignores, in base64", async () => {
  const key = randomUUID();
  const files = { ".gitignore": "www\n", "www/a.js": `h("${Buffer.from(`me:${key}`).toString("base64")}")` };
  const settings = { scan: { bundles: ["./www/"] } };
  const verdict = await verdictOf("A1", { files, git: true, keys: known(key), settings });
  assert.strictEqual(verdict.status, "fail");
  assert.include(verdict.evidence, "www/a.js:1: your key livepeer-studio, as base64, in what is shipped");
  assert.match(verdict.fix ?? "", /^Rotate it: whoever gets the bundle has it\./);
  const elsewhere = await verdictOf("A1", { files, git: true, keys: known(key) });
  assert.strictEqual(elsewhere.status, "pass", "other folders that git ignores are nobody's business");
});

it("fails on a key of a .env file that git once took and ignores now", async () => {
  const { path, commit, git } = repository();
  commit({ ".env": `LIVEPEER_API_KEY=${randomUUID()}\n` });
  git("rm", "--quiet", "--cached", ".env");
  commit({ ".gitignore": ".env\n" });
  const verdict = await verdictOn("A1", path);
  assert.strictEqual(verdict.status, "fail");
  assert.match(verdict.evidence, /^\.env:1: a UUID as LIVEPEER_API_KEY \(in git's history/);
});

it("fails on a key in a file that was deleted, and names the commit", async () => {
  const { path, commit, git } = repository();
  commit({ "old.ts": `const livepeerKey = "${randomUUID()}";\n` });
  const id = git("rev-parse", "HEAD").slice(0, 10);
  commit({ "old.ts": undefined });
  const verdict = await verdictOn("A1", path);
  assert.strictEqual(verdict.status, "fail");
  assert.include(verdict.places?.[0]?.message, `in git's history: ${id}`);
  assert.match(verdict.fix ?? "", /^Rotate it; rewriting history alone is not enough\./);
});

it("names a file that was deleted from the folder that is looked at", async () => {
  const { path, commit } = repository();
  commit({ "apps/shop/old.ts": `const livepeerKey = "${randomUUID()}";\n`, "apps/shop/new.ts": "" });
  commit({ "apps/shop/old.ts": undefined });
  const { places } = await verdictOn("A1", join(path, "apps/shop"));
  assert.strictEqual(places?.[0]?.file, "old.ts");
});

it("spares what the settings exclude and allow", async () => {
  const key = randomUUID();
  const files = { "fixtures/a.ts": `const livepeerKey = "${key}";\n` };
  const status = async (scan: Readonly<Record<string, ReadonlyArray<string>>>) =>
    (await verdictOf("A1", { files, git: true, settings: { scan: { ...scan } } })).status;
  const failed = await verdictOf("A1", { files, git: true });
  const [fingerprint = ""] = /sha256:[0-9a-f]{12}/.exec(failed.fix ?? "") ?? [];
  assert.deepEqual(
    [failed.status, await status({ exclude: ["fixtures"] }), await status({ allow: [fingerprint] })],
    ["fail", "pass", "pass"],
  );
});

it("leaves code that reads a public variable to A6: it holds no key", async () => {
  const name = ["NEXT_PUBLIC", "LIVEPEER_API_KEY"].join("_");
  const verdict = await verdictOf("A1", { files: { "a.ts": `const key = process.env.${name};\n` }, git: true });
  assert.strictEqual(verdict.status, "pass");
});

it("cannot tell of a shallow clone", async () => {
  const { path, commit } = repository();
  commit({ "a.ts": "1" });
  commit({ "a.ts": "2" });
  const clone = join(folderWith({}), "clone");
  repository().git("clone", "--quiet", "--depth", "1", `file://${path}`, clone);
  assert.deepInclude(await verdictOn("A1", clone), {
    ...{ status: "manual", evidence: "a shallow clone: most of the history is not here" },
    ...{ fix: "git fetch --unshallow", why: "What was not read may hold a key." },
  });
});

it("cannot tell of the history where there is no git, and still fails on what is there", async () => {
  const none = await verdictOf("A1", { files: { "a.ts": "1" } });
  assert.deepInclude(none, {
    status: "manual",
    evidence: "no git repository: there is no history to read here",
    details: ["1 file, no known key looked for"],
  });
  const key = randomUUID();
  assert.strictEqual((await verdictOf("A1", { files: { "a.ts": key }, keys: known(key) })).status, "fail");
});

it("says which keys were not looked for", async () => {
  const keys = [{ name: "LIVEPEER_API_KEY", key: Redacted.make("short") }, { name: "livepeer-studio" }];
  const verdict = await verdictOf("A1", { files: { "a.ts": "short" }, git: true, keys });
  assert.strictEqual(verdict.status, "pass");
  assert.deepEqual(verdict.details, [
    "LIVEPEER_API_KEY is too short to look for",
    "livepeer-studio could not be read, and was not looked for",
  ]);
});

it("does not apply to a service", async () => {
  assert.strictEqual((await verdictOf("A1", { service: serviceAt("https://gateway.example") })).status, "skip");
});
