/** A5. */
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { verdictOf } from "../../subject.ts";
import { repository, verdictOn } from "./repository.ts";
import { serviceAt } from "./service.ts";

const judge = (files: Readonly<Record<string, string>>) =>
  verdictOf("A5", { files: { "package.json": "{}", ...files } });
const statusOf = async (files: Readonly<Record<string, string>>) => (await judge(files)).status;

const update = (ecosystem: string): string =>
  `version: 2\nupdates:\n  - package-ecosystem: ${ecosystem}\n    directory: /\n    schedule:\n      interval: weekly\n`;
const dependabot = { ".github/dependabot.yml": update("npm") };
const step = (run: string) => ({ ".github/workflows/ci.yml": `jobs:\n  a:\n    steps:\n      - run: ${run}\n` });

describe("dependencies and secrets", () => {
  it("are scanned: it says by what and where", async () => {
    const verdict = await judge({ ...dependabot, ...step("gitleaks detect") });
    assert.deepInclude(verdict, {
      status: "pass",
      evidence: "Dependabot (npm) in .github/dependabot.yml, gitleaks in .github/workflows/ci.yml",
    });
    assert.deepEqual(
      verdict.places?.map(({ file }) => file),
      [".github/dependabot.yml", ".github/workflows/ci.yml"],
    );
  });

  it("cannot be decided when nothing here scans either, for the code host may; and warn when something scans one", async () => {
    const none = await judge({ ...step("npm test") });
    assert.deepInclude(none, { status: "manual", evidence: "nothing here scans dependencies or secrets" });
    assert.match(none.fix ?? "", /dependabot\.yml.+keys scan/);
    const secrets = await judge(step("npx secretlint '**/*'"));
    assert.strictEqual(secrets.status, "warn");
    assert.include(secrets.fix, "dependabot.yml");
    const dependencies = await judge(dependabot);
    assert.strictEqual(dependencies.status, "warn");
    assert.match(dependencies.evidence, /nothing scans for secrets$/);
    assert.include(dependencies.fix, "keys scan");
  });

  it("do not matter to a service", async () => {
    assert.strictEqual((await verdictOf("A5", { service: serviceAt("https://gateway.example") })).status, "skip");
  });

  it("are looked for at the repository's top", async () => {
    const { path, commit } = repository();
    commit({ ...dependabot, ...step("gitleaks detect"), "apps/web/package.json": "{}" });
    const { status, places } = await verdictOn("A5", join(path, "apps/web"));
    assert.strictEqual(status, "pass");
    assert.include(JSON.stringify(places), '"../../.github/dependabot.yml"');
  });
});

describe("Dependabot", () => {
  it.each([
    ["", "it is empty"],
    ["version: 2\nupdates: []\n", "updates has no update in it"],
    ["version: 2\nupdates:\n  - [", "it is not YAML"],
    [update("npm").replace("version: 2", "version: 1"), "version"],
    [update("npm").replace("    directory: /\n", ""), "updates.0.directory is missing"],
    [update("npm").replace(/ {4}schedule:[^]*/, ""), "updates.0.schedule is missing"],
    [update("cargo"), "it updates cargo, of which this repository has nothing"],
  ])("does nothing with %j", async (text, mistake) => {
    const verdict = await judge({ ".github/dependabot.yml": text, ...step("gitleaks detect") });
    assert.strictEqual(verdict.status, "fail");
    assert.include(verdict.evidence, `Dependabot in .github/dependabot.yml does nothing: ${mistake}`);
    assert.match(verdict.fix ?? "", /^Mend \.github\/dependabot\.yml: /);
  });

  it("that is broken beside another that works is worth a word", async () => {
    const files = { ".github/dependabot.yml": "", "renovate.json": "{}", ...step("gitleaks detect") };
    const verdict = await judge(files);
    assert.strictEqual(verdict.status, "warn");
    assert.match(verdict.fix ?? "", /^Mend \.github\/dependabot\.yml/);
  });

  it.each([
    ["pip", "backend/requirements-dev.txt"],
    ["gomod", "go.mod"],
    ["docker", "ops/api.Dockerfile"],
    ["nuget", "App/App.csproj"],
    ["github-actions", ".github/workflows/ci.yml"],
  ])("updates %s where there is a %s", async (ecosystem, file) => {
    const verdict = await judge({ ".github/dependabot.yml": update(ecosystem), [file]: "{}" });
    assert.strictEqual(verdict.status, "warn");
    assert.include(verdict.evidence, `Dependabot (${ecosystem})`);
  });
});

describe("other scanners of dependencies", () => {
  const secrets = { ".gitlab-ci.yml": "a:\n  script: [trufflehog git file://.]\n" };

  it.each<Readonly<Record<string, string>>>([
    { "renovate.json": '{"extends":["config:recommended"]}' },
    { ".github/renovate.json5": "{ // a comment\n  extends: ['x'],\n}" },
    { "package.json": '{"renovate":{"extends":[]}}' },
    { ".snyk": "version: v1.25.0\n" },
    { ".circleci/config.yml": "version: 2.1\norbs:\n  snyk: snyk/snyk@2.1.0\n" },
    step("npm audit --audit-level=high"),
    { ".github/workflows/r.yml": "jobs: { a: { steps: [{ uses: actions/dependency-review-action@v4 }] } }" },
  ])("count: %j", async (files) => assert.strictEqual(await statusOf({ ...files, ...secrets }), "pass"));

  it.each<Readonly<Record<string, string>>>([
    { "renovate.json": '{"enabled":false}' },
    { "renovate.json": "" },
    { "package.json": '{"renovate":{"enabled":false}}' },
  ])("count for nothing when they are off: %j", async (files) =>
    assert.strictEqual(await statusOf({ ...files, ...secrets }), "fail"),
  );
});

describe("scanners of secrets", () => {
  it.each<Readonly<Record<string, string>>>([
    { ".github/workflows/a.yml": "jobs: { a: { steps: [{ uses: gitleaks/gitleaks-action@v2 }] } }" },
    step("npx @sluice/cli keys scan"),
    step("sluice launch check --only A"),
    step('npx --yes "$SLUICE" launch check --format github'),
    step("node apps/cli/bin/sluice.cjs --json launch check"),
    { ".gitlab-ci.yml": "include:\n  - template: Jobs/Secret-Detection.gitlab-ci.yml\n" },
    { ".circleci/config.yml": "jobs:\n  a:\n    steps:\n      - run: { command: ggshield secret scan ci }\n" },
    { "azure-pipelines.yml": "steps:\n  - script: detect-secrets scan\n" },
    { ".pre-commit-config.yaml": "repos:\n  - repo: https://github.com/gitleaks/gitleaks\n    rev: v8\n" },
    { ".husky/pre-commit": "npx secretlint\n" },
    {
      ".github/workflows/a.yml": "jobs: { a: { steps: [{ run: npm run check }] } }",
      "package.json": '{"scripts":{"check":"secretlint ."}}',
    },
    { ".github/workflows/a.yml": "jobs: { a: { steps: [{ run: bash ./.ci/run }] } }", ".ci/run": "gitleaks detect\n" },
  ])("count: %j", async (files) => assert.strictEqual(await statusOf({ ...dependabot, ...files }), "pass"));

  it.each<Readonly<Record<string, string>>>([
    { ".github/workflows/a.yml": "jobs:\n  a:\n    steps:\n      # - run: gitleaks detect\n      - run: npm test\n" },
    { ".github/workflows/a.yml": "jobs:\n  a:\n    steps:\n      - name: gitleaks\n        run: 'true'\n" },
    {
      ".github/workflows/a.yml":
        "jobs:\n  a:\n    steps:\n      - run: |\n          # gitleaks detect\n          true\n",
    },
    { "README.md": "We use gitleaks.\n" },
  ])("do not count when they are only spoken of: %j", async (files) =>
    assert.strictEqual(await statusOf({ ...dependabot, ...files }), "warn"),
  );
});
