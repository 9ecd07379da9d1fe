import { describe, expect, it } from "vitest";
import { verdictOf } from "../../subject.ts";

const studio = "https://livepeer.studio/api/beta/generate";
const dream = "https://dream-gateway.livepeer.cloud";
const service = { timeoutMs: 300_000, limitsKeys: false, webhooks: 0, metrics: "", alerts: [] };

describe("launch.toml", () => {
  it.each(["livepeer-studio", studio, "https://livepeer.studio/api/generate"])("passes with %s", async (gateway) => {
    expect(await verdictOf("G1", { files: {}, settings: { gateway } })).toEqual({
      status: "pass",
      evidence: `livepeer-studio, ${gateway.startsWith("https") ? gateway : studio} (launch.toml)`,
    });
  });

  it("passes with a gateway of one's own", async () => {
    const verdict = await verdictOf("G1", { files: {}, settings: { gateway: "https://ai.example.com" } });
    expect(verdict).toMatchObject({ status: "pass", evidence: "https://ai.example.com (launch.toml)" });
  });

  it.each([
    ["livepeer-cloud", "is for development"],
    [`${dream}/`, "is for development"],
    ["emulator", "is the emulator"],
    ["http://localhost:8935", "is this machine itself"],
    ["http://[::1]:8935", "is this machine itself"],
    ["http://ai.example.com", "clear text"],
    ["http://203.0.114.7:8935", "clear text"],
    ["https://livepeer.studio", "is Studio, but not its gateway"],
    ["livepeer-studios", "Did you mean livepeer-studio?"],
  ])("fails with %s", async (gateway, why) => {
    const verdict = await verdictOf("G1", { files: {}, settings: { gateway } });
    expect(verdict).toMatchObject({ status: "fail", evidence: expect.stringContaining(why) as string });
    expect(verdict.fix).toMatch(/^Set `gateway` in launch\.toml to https:/);
  });

  it.each(["http://gateway:8935", "http://10.1.2.3:8935", "http://gateway.ai.svc.cluster.local"])(
    "lets %s be without TLS, which is not on the internet",
    async (gateway) => expect(await verdictOf("G1", { settings: { gateway } })).toMatchObject({ status: "pass" }),
  );

  it("outweighs files, which must not contradict it", async () => {
    const files = { "fly.toml": `[env]\nLIVEPEER_GATEWAY_URL = "${dream}"\n` };
    expect(await verdictOf("G1", { files, settings: { gateway: "livepeer-studio" } })).toEqual({
      status: "warn",
      evidence: `livepeer-studio, ${studio} (launch.toml); but LIVEPEER_GATEWAY_URL in fly.toml:2: livepeer-cloud (${dream}) is for development: no service level`,
      fix: `Set LIVEPEER_GATEWAY_URL in fly.toml:2 to ${studio}, or your own gateway's address`,
      places: [
        { file: "fly.toml", line: 2, message: `livepeer-cloud (${dream}) is for development: no service level` },
      ],
    });
  });
});

describe("a service", () => {
  const own = { name: "https://ai.example.com", baseUrl: "https://ai.example.com" };
  const cloud = { name: "livepeer-cloud", baseUrl: dream };

  it("passes with the gateways that it calls", async () => {
    const verdict = await verdictOf("G1", { service: { ...service, gateways: [own] } });
    expect(verdict).toMatchObject({ status: "pass", evidence: expect.stringContaining("ai.example.com") as string });
  });

  it("fails when the first is for development", async () => {
    const verdict = await verdictOf("G1", { service: { ...service, gateways: [cloud, own] } });
    expect(verdict).toMatchObject({ status: "fail", fix: expect.stringContaining("SLUICE_GATEWAY") as string });
  });

  it("is warned when it falls back to one for development", async () => {
    expect(await verdictOf("G1", { service: { ...service, gateways: [own, cloud] } })).toMatchObject({
      status: "warn",
    });
  });
});

describe("the environment", () => {
  it.each([
    [{ SLUICE_GATEWAY_URL: studio }, "SLUICE_GATEWAY_URL"],
    [{ LIVEPEER_GATEWAY_URL: studio }, "LIVEPEER_GATEWAY_URL"],
    [{ SLUICE_GATEWAY: "livepeer-studio" }, "SLUICE_GATEWAY"],
    [{ OPENAI_BASE_URL: "https://ai.example.com/llm" }, "OPENAI_BASE_URL"],
    [{ SLUICE_GATEWAY: "go-livepeer", SLUICE_GATEWAY_URL: "https://ai.example.com" }, "SLUICE_GATEWAY_URL"],
  ])("passes with %o", async (env, by) => {
    const verdict = await verdictOf("G1", { env });
    expect(verdict).toMatchObject({ status: "pass", evidence: expect.stringContaining(`(${by})`) as string });
  });

  it("fails with a development gateway", async () => {
    const verdict = await verdictOf("G1", { env: { LIVEPEER_GATEWAY_URL: dream, OPENAI_BASE_URL: studio } });
    expect(verdict).toMatchObject({
      status: "fail",
      fix: expect.stringMatching(/^Set LIVEPEER_GATEWAY_URL to/) as string,
    });
  });

  it.each(["https://api.openai.com/v1", "https://openrouter.ai/api/v1", "http://localhost:11434/v1"])(
    "says nothing when somebody else's models are called: %s",
    async (url) => expect(await verdictOf("G1", { env: { OPENAI_BASE_URL: url } })).toMatchObject({ status: "manual" }),
  );

  it("repeats no password", async () => {
    const verdict = await verdictOf("G1", { env: { SLUICE_GATEWAY_URL: "https://me:hunter2@ai.example.com" } });
    expect(verdict.status).toBe("fail");
    expect(JSON.stringify(verdict)).not.toContain("hunter2");
  });
});

describe("files", () => {
  const kubernetes = (url: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n    - env:\n        - name: LIVEPEER_GATEWAY_URL\n          value: ${url}\n`;

  it.each([
    [".env.production", (url: string) => `# the gateway\nexport LIVEPEER_GATEWAY_URL="${url}" # of ours\n`, 2],
    ["deploy/prod.env", (url: string) => `LIVEPEER_GATEWAY_URL=${url}\n`, 1],
    ["compose.yaml", (url: string) => `services:\n  app:\n    environment:\n      LIVEPEER_GATEWAY_URL: ${url}\n`, 4],
    [
      "docker-compose.prod.yml",
      (url: string) => `services:\n  app:\n    environment:\n      - LIVEPEER_GATEWAY_URL=${url}\n`,
      4,
    ],
    [
      "docker-compose.yml",
      (url: string) => `services:\n  app:\n    environment:\n      - LIVEPEER_GATEWAY_URL=\${URL:-${url}}\n`,
      4,
    ],
    ["k8s/app.yml", kubernetes, 7],
    ["fly.toml", (url: string) => `app = "a"\n[env]\n  LIVEPEER_GATEWAY_URL = "${url}"\n`, 3],
    ["vercel.json", (url: string) => `{\n\t"env": {\n\t\t"LIVEPEER_GATEWAY_URL": "${url}"\n\t}\n}`, 3],
    [
      "render.yaml",
      (url: string) => `services:\n  - envVars:\n      - key: LIVEPEER_GATEWAY_URL\n        value: ${url}\n`,
      4,
    ],
    ["Dockerfile", (url: string) => `FROM node:24\nENV LIVEPEER_GATEWAY_URL=${url}\n`, 2],
    ["chart/values.yaml", (url: string) => `extraEnv:\n  - name: LIVEPEER_GATEWAY_URL\n    value: ${url}\n`, 3],
    [
      "infra/app.tf",
      (url: string) => `variables = {\n  # LIVEPEER_GATEWAY_URL = "x"\n  LIVEPEER_GATEWAY_URL = "${url}"\n}\n`,
      3,
    ],
    ["infra/run.tf", (url: string) => `env {\n  name  = "LIVEPEER_GATEWAY_URL"\n  value = "${url}"\n}\n`, 3],
    [".github/workflows/deploy.yml", (url: string) => `on: push\nenv:\n  LIVEPEER_GATEWAY_URL: ${url}\n`, 3],
    ["sluice.config.toml", (url: string) => `gateway_url = "${url}"\n`, 1],
  ])("are read: %s", async (file, content, line) => {
    const right = await verdictOf("G1", { files: { [file]: content(studio) } });
    expect(right).toMatchObject({ status: "pass", places: [{ file, line }] });
    const wrong = await verdictOf("G1", { files: { [file]: content(dream) } });
    expect(wrong).toMatchObject({
      status: "fail",
      places: [{ file, line }],
      fix: expect.stringContaining(`${file}:${line}`) as string,
    });
  });

  it("counts the .env file of production that git ignores", async () => {
    const files = { ".gitignore": ".env*\n", ".env.production": `LIVEPEER_GATEWAY_URL=${dream}\n` };
    expect(await verdictOf("G1", { files, git: true })).toMatchObject({
      status: "fail",
      places: [{ file: ".env.production", line: 1 }],
    });
  });

  it("fails when one of two deployments calls the development gateway", async () => {
    const files = { "fly.toml": `[env]\nLIVEPEER_GATEWAY_URL = "${studio}"\n`, "k8s/app.yml": kubernetes(dream) };
    expect(await verdictOf("G1", { files })).toMatchObject({
      status: "fail",
      places: [{ file: "k8s/app.yml", line: 7 }],
    });
  });

  it("takes a chart's usual values for overruled where production has its own", async () => {
    const values = (url: string) => `env:\n  LIVEPEER_GATEWAY_URL: ${url}\n`;
    const files = { "chart/values.yaml": values(dream), "chart/values-prod.yaml": values(studio) };
    expect(await verdictOf("G1", { files })).toMatchObject({
      status: "pass",
      places: [{ file: "chart/values-prod.yaml", line: 2 }],
    });
  });

  it.each([
    ".github/workflows/test.yml",
    "compose.dev.yaml",
    "test/compose.yaml",
    "docs/compose.yaml",
    "docker-compose.override.yml",
  ])("leaves %s out, which is not production's", async (file) => {
    const files = { [file]: `services:\n  app:\n    environment:\n      LIVEPEER_GATEWAY_URL: ${dream}\n` };
    expect(await verdictOf("G1", { files })).toMatchObject({ status: "manual" });
  });

  it.each(["${GATEWAY}", "{{ .Values.gateway }}", "@gateway"])("cannot tell what %s is", async (reference) => {
    const files = { "vercel.json": JSON.stringify({ env: { LIVEPEER_GATEWAY_URL: reference } }) };
    expect(await verdictOf("G1", { files })).toMatchObject({ status: "manual" });
  });
});

describe("source code", () => {
  const calling = (url: string) => `// not ${dream}\nawait fetch("${url}/text-to-image");\n`;

  it("fails when it has the development gateway written into it, and nothing else says otherwise", async () => {
    expect(await verdictOf("G1", { files: { "src/app.ts": calling(dream) } })).toMatchObject({
      status: "fail",
      evidence: `src/app.ts:2: livepeer-cloud (${dream}) is for development: no service level`,
      places: [{ file: "src/app.ts", line: 2 }],
    });
  });

  it("is warned of it when the environment says otherwise", async () => {
    const env = { LIVEPEER_GATEWAY_URL: studio };
    expect(await verdictOf("G1", { files: { "src/app.py": `GATEWAY = "${dream}"\n` }, env })).toMatchObject({
      status: "warn",
      fix: "Take the gateway of src/app.py:1 from the environment",
      places: [{ file: "src/app.py", line: 1 }],
    });
  });

  it("is warned of it when the code names a production gateway beside it", async () => {
    const files = { "a.js": calling(dream), "b.js": calling(studio) };
    const verdict = await verdictOf("G1", { files });
    expect(verdict).toMatchObject({ status: "warn", places: [{ file: "a.js", line: 2 }] });
    expect(verdict.evidence).toMatch(/^livepeer-studio, .* \(b\.js:2\); but a\.js:2/);
  });

  it("passes with Studio written into it", async () => {
    expect(await verdictOf("G1", { files: { "b.js": calling(studio) } })).toMatchObject({ status: "pass" });
  });

  it.each([
    "src/app.test.ts",
    "mocks/handlers.ts",
    "cypress/app.cy.ts",
    "config/environments/development.rb",
    "third_party/sdk/client.go",
  ])("may name any gateway in %s", async (file) => {
    expect(await verdictOf("G1", { files: { [file]: calling(dream) } })).toMatchObject({ status: "manual" });
  });

  it.each([
    ["a.ts", `f(); // not ${dream}\n/* nor ${dream} */\n * nor ${dream}\n`],
    ["a.py", `"""For development:\n${dream}\n"""\nx = 1 # ${dream}\n`],
  ])("may name any gateway in comments: %s", async (file, text) => {
    expect(await verdictOf("G1", { files: { [file]: text } })).toMatchObject({ status: "manual" });
  });

  it("tells each place once", async () => {
    const { details, places } = await verdictOf("G1", { files: { "a.js": calling(dream), "b.js": calling(dream) } });
    expect(details).toBeUndefined();
    expect(places?.map(({ file }) => file)).toEqual(["a.js", "b.js"]);
  });
});

it("cannot tell when nobody says anything, and says why", async () => {
  expect(await verdictOf("G1", { files: { "index.js": "" } })).toEqual({
    status: "manual",
    evidence: "nothing here says which gateway production calls",
    why: "which gateway the deployed application uses is set where it runs",
    fix: 'Add to launch.toml: gateway = "livepeer-studio", or your own gateway\'s base URL',
  });
});
