import { expect, it } from "vitest";
import { limitsOf, lines } from "./limits.ts";

it("reads Vercel's, in its file and in the code of routes", async () => {
  const files = {
    "vercel.json": '{\n  "functions": {\n    "api/*.ts": {\n      "maxDuration": 60\n    }\n  }\n}\n',
    "app/image/route.ts": 'import "x";\n\nexport const maxDuration = 300;\n',
    "pages/api/chat.ts": "export const config = {\n  runtime: 'nodejs',\n  maxDuration: 30,\n};\n",
    "app/page.tsx": "// export const maxDuration = 5;\n",
  };
  expect((await limitsOf(files)).toSorted()).toEqual([
    "app/image/route.ts:3 300: maxDuration 300",
    "pages/api/chat.ts:3 30: maxDuration 30",
    "vercel.json:4 60: maxDuration 60",
  ]);
});

it("knows Netlify's limits, and its functions in the background", async () => {
  const files = {
    "netlify.toml": lines("[build]", 'functions = "netlify/functions"'),
    "netlify/functions/image-background.ts": "",
  };
  expect(await limitsOf(files)).toEqual([
    "netlify.toml:2 60: 60 s, which no setting changes",
    "netlify/functions/image-background.ts:- 900: 15 minutes",
  ]);
  expect(await limitsOf({ "netlify.toml": lines("[build]", 'publish = "dist"') })).toEqual([]);
});

it("knows Heroku's router, which only a web process has", async () => {
  expect(await limitsOf({ Procfile: "worker: node w.js\nweb: node i.js\n", "heroku.yml": "" })).toEqual([
    "Procfile:2 30: 30 s for a first byte",
  ]);
  expect(await limitsOf({ Procfile: "worker: node w.js\n" })).toEqual([]);
});

it("reads Fly's", async () => {
  const text = lines('app = "a"', "[http_service]", "  [http_service.http_options]", "    idle_timeout = 60");
  expect(await limitsOf({ "fly.toml": text })).toEqual(["fly.toml:4 60: idle_timeout = 60"]);
});

it("reads Cloud Run's, as a command and as a list", async () => {
  const list = lines(
    "steps:",
    "  - name: gcr.io/google.com/cloudsdktool/cloud-sdk",
    "    entrypoint: gcloud",
    "    args: [run, deploy, app,",
    "      '--timeout', '60s']",
  );
  expect(await limitsOf({ "cloudbuild.yaml": list })).toEqual(["cloudbuild.yaml:5 60: --timeout 60s"]);
  expect(await limitsOf({ "deploy.sh": "gcloud run deploy app \\\n  --timeout=15m\n" })).toEqual([
    "deploy.sh:2 900: --timeout 15m",
  ]);
  expect(await limitsOf({ "deploy.sh": "gcloud run deploy app\n" })).toEqual([
    "deploy.sh:1 300: no --timeout, so 300 s",
  ]);
});
