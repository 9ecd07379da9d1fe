import * as Effect from "effect/Effect";
import { describe, expect, it } from "vitest";
import { proxyLimits } from "../../../../src/checks/errors/proxies/proxyLimits.ts";
import { openFolder } from "../../../../src/index.ts";
import { folderWith } from "../../../subject.ts";

/** `file:line seconds: says` of each. */
const limitsOf = async (files: Readonly<Record<string, string>>) => {
  const folder = await Effect.runPromise(openFolder(folderWith(files)));
  const limits = await Effect.runPromise(proxyLimits(folder));
  return limits.map(({ place: { file, line }, seconds, says }) => `${file}:${line ?? "-"} ${seconds}: ${says}`);
};

const lines = (...all: ReadonlyArray<string>) => `${all.join("\n")}\n`;

describe("nginx", () => {
  it("inherits from the blocks around, and the nearest counts", async () => {
    const text = lines(
      "http { # proxy_read_timeout 1s;",
      "  proxy_read_timeout 10m;",
      "  server {",
      "    location /a { proxy_pass http://a; }",
      "    location /b {",
      "      proxy_pass http://b$request_uri;",
      '      add_header X "proxy_read_timeout 1s; }";',
      "      proxy_read_timeout 1m 30s;",
      "    }",
      "    location ~ ^/c{2}$ { proxy_pass http://${up}; proxy_read_timeout 500ms; }",
      "  }",
      "}",
    );
    expect(await limitsOf({ "nginx.conf": text })).toEqual([
      "nginx.conf:4 600: proxy_read_timeout 10m",
      "nginx.conf:8 90: proxy_read_timeout 1m 30s",
      "nginx.conf:10 0.5: proxy_read_timeout 500ms",
    ]);
  });

  it("gives a file without http what the file that has it says", async () => {
    const files = {
      "nginx/nginx.conf": lines("http {", "  proxy_read_timeout 300;", "  include conf.d/*;", "}"),
      "nginx/conf.d/app.conf": lines("server {", "  location / {", "    proxy_pass http://app;", "  }", "}"),
    };
    expect(await limitsOf(files)).toEqual(["nginx/conf.d/app.conf:3 300: proxy_read_timeout 300"]);
    expect(await limitsOf({ "app.conf": files["nginx/conf.d/app.conf"] })).toEqual([
      "app.conf:3 60: no proxy_read_timeout, so 60 s",
    ]);
  });

  it("knows the other ways on", async () => {
    const text = lines(
      "location / {",
      "  uwsgi_pass app:3031;",
      "}",
      "location /g { grpc_pass grpc://app; grpc_read_timeout 1h; }",
    );
    expect(await limitsOf({ "nginx.conf": text })).toEqual([
      "nginx.conf:2 60: no uwsgi_read_timeout, so 60 s",
      "nginx.conf:4 3600: grpc_read_timeout 1h",
    ]);
  });
});

it("reads Apache's, of the host before the server's", async () => {
  const text = lines(
    "Timeout 120",
    "<VirtualHost *:443>",
    "  ProxyPass /static !",
    '  ProxyPass "/" "http://app:3000/"',
    "</VirtualHost>",
    "<VirtualHost *:444>",
    "  ProxyTimeout 300",
    "  ProxyPass / http://app:3000/",
    "  ProxyPass /x http://x/ timeout=30",
    "</VirtualHost>",
  );
  expect(await limitsOf({ "apache/site.conf": text })).toEqual([
    "apache/site.conf:1 120: Timeout 120",
    "apache/site.conf:7 300: ProxyTimeout 300",
    "apache/site.conf:9 30: timeout=30",
  ]);
  expect(await limitsOf({ "httpd.conf": "ProxyPass / http://app/\n" })).toEqual([
    "httpd.conf:1 60: no ProxyTimeout, so 60 s",
  ]);
});

it("reads HAProxy's, in milliseconds where there is no unit", async () => {
  const text = lines(
    "defaults",
    "  timeout server 50000",
    "backend a",
    "  server a1 10.0.0.1:80",
    "backend b",
    "  timeout server 5m # long",
    "  server b1 10.0.0.2:80",
    "frontend f",
    "  default_backend a",
  );
  expect(await limitsOf({ "haproxy.cfg": text })).toEqual([
    "haproxy.cfg:2 50: timeout server 50000",
    "haproxy.cfg:6 300: timeout server 5m",
  ]);
  expect(await limitsOf({ "haproxy.cfg": lines("listen a", "  server a1 10.0.0.1:80") })).toEqual([
    "haproxy.cfg:1 Infinity: no timeout server",
  ]);
});

it("reads Caddy's", async () => {
  const text = lines(
    "example.com {",
    "  reverse_proxy app:3000 {",
    "    transport http {",
    "      response_header_timeout 1m30s",
    "    }",
    "  }",
    "}",
  );
  expect(await limitsOf({ Caddyfile: text })).toEqual(["Caddyfile:4 90: response_header_timeout 1m30s"]);
  const servers = lines(
    "{",
    "  servers {",
    "    timeouts {",
    "      write 30s",
    "      idle 10s",
    "    }",
    "  }",
    "}",
    "a.com {",
    "  reverse_proxy b:1",
    "}",
  );
  expect(await limitsOf({ Caddyfile: servers })).toEqual(["Caddyfile:4 30: write 30s"]);
  expect(await limitsOf({ Caddyfile: lines("a.com {", "  reverse_proxy b:1", "}") })).toEqual([
    "Caddyfile:2 Infinity: no timeout",
  ]);
});

it("reads Traefik's, as YAML, TOML and flags", async () => {
  const yaml = lines(
    "entryPoints:",
    "  web:",
    "    transport:",
    "      respondingTimeouts:",
    "        # writeTimeout: 1s",
    "        writeTimeout: 60",
    "        readTimeout: 5s",
  );
  expect(await limitsOf({ "traefik.yml": yaml })).toEqual(["traefik.yml:6 60: writeTimeout 60"]);
  const toml = lines("[serversTransport.forwardingTimeouts]", 'responseHeaderTimeout = "30s"');
  expect(await limitsOf({ "traefik.toml": toml })).toEqual(["traefik.toml:2 30: responseHeaderTimeout 30s"]);
  const compose = (flag: string) =>
    lines("services:", "  proxy:", "    image: traefik:v3", "    command:", `      - ${flag}`);
  expect(
    await limitsOf({ "compose.yaml": compose("--entrypoints.web.transport.respondingtimeouts.writetimeout=45s") }),
  ).toEqual(["compose.yaml:5 45: writetimeout 45s"]);
  expect(await limitsOf({ "compose.yaml": compose("--api=true") })).toEqual(["compose.yaml:1 Infinity: no timeout"]);
});

describe("Kubernetes", () => {
  const ingress = (kind: string, ...annotations: ReadonlyArray<string>) =>
    lines(
      "apiVersion: networking.k8s.io/v1",
      "kind: Ingress",
      "metadata:",
      "  annotations:",
      '    a: "b"',
      ...annotations,
      "spec:",
      `  ingressClassName: ${kind}`,
    );
  const nginx = "nginx.ingress.kubernetes.io/proxy-read-timeout";
  const alb = "alb.ingress.kubernetes.io/load-balancer-attributes";

  it.each([
    [ingress("nginx", `    ${nginx}: "300"`), `k.yaml:6 300: ${nginx}: 300`],
    [ingress("nginx"), `k.yaml:5 60: no ${nginx}, so 60 s`],
    [
      ingress("alb", `    ${alb}: a=b,idle_timeout.timeout_seconds=120`),
      "k.yaml:6 120: idle_timeout.timeout_seconds=120",
    ],
    [ingress("alb"), "k.yaml:5 60: no idle_timeout.timeout_seconds, so 60 s"],
    [
      lines("apiVersion: cloud.google.com/v1", "kind: BackendConfig", "spec:", "  timeoutSec: 40"),
      "k.yaml:4 40: timeoutSec: 40",
    ],
    [
      lines("apiVersion: cloud.google.com/v1", "kind: BackendConfig", "spec:", "  cdn: {}"),
      "k.yaml:4 30: no timeoutSec, so 30 s",
    ],
    [
      lines("apiVersion: networking.istio.io/v1", "kind: VirtualService", "spec:", "  http:", "    - timeout: 15s"),
      "k.yaml:5 15: timeout: 15s",
    ],
    [
      lines(
        "apiVersion: gateway.networking.k8s.io/v1",
        "kind: HTTPRoute",
        "spec:",
        "  rules:",
        "    - timeouts:",
        "        request: 10s",
      ),
      "k.yaml:6 10: request: 10s",
    ],
    [
      lines(
        "apiVersion: serving.knative.dev/v1",
        "kind: Service",
        "spec:",
        "  template:",
        "    spec:",
        "      timeoutSeconds: 60",
      ),
      "k.yaml:6 60: timeoutSeconds: 60",
    ],
    [
      lines("apiVersion: serving.knative.dev/v1", "kind: Service", "spec: {}"),
      "k.yaml:3 300: no timeoutSeconds, so 300 s",
    ],
    [lines("ingress:", "  annotations:", `    ${nginx}: "90"`), `k.yaml:3 90: ${nginx}: 90`],
  ])("reads %s", async (text, expected) => expect(await limitsOf({ "k.yaml": text })).toEqual([expected]));

  it("says nothing of an ingress whose proxy it does not know, nor of a template", async () => {
    expect(
      await limitsOf({ "k.yaml": ingress("kong"), "t.yaml": `apiVersion: v1\nkind: Ingress\n{{- if .Values.x }}\n` }),
    ).toEqual([]);
  });

  it("reads each document of a file", async () => {
    const text = `${ingress("nginx")}---\n${ingress("nginx", `    ${nginx}: "600"`)}`;
    expect(await limitsOf({ "k.yaml": text })).toHaveLength(2);
  });
});

describe("Terraform", () => {
  it.each([
    [lines('resource "aws_lb" "web" {', "  idle_timeout = 120 # s", "}"), "main.tf:2 120: idle_timeout = 120"],
    [
      lines('resource "aws_lb" "web" {', '  name = "x"', "  tags = {", "    idle_timeout = 400", "  }", "}"),
      "main.tf:1 60: no idle_timeout, so 60 s",
    ],
    [lines('resource "aws_lambda_function" "f" {', "  timeout = 900", "}"), "main.tf:2 900: timeout = 900"],
    [
      lines('resource "aws_lambda_function" "f" {', '  environment { variables = { timeout = "400" } }', "}"),
      "main.tf:1 3: no timeout, so 3 s",
    ],
    [
      lines('resource "aws_apigatewayv2_integration" "i" {', "  timeout_milliseconds = 29000", "}"),
      "main.tf:2 29: timeout_milliseconds = 29000",
    ],
    [
      lines(
        'resource "aws_cloudfront_distribution" "d" {',
        "  origin {",
        "    custom_origin_config {",
        "      origin_read_timeout = 60",
        "    }",
        "  }",
        "}",
      ),
      "main.tf:4 60: origin_read_timeout = 60",
    ],
    [
      lines('resource "google_cloud_run_v2_service" "s" {', "  template {", '    timeout = "60s"', "  }", "}"),
      'main.tf:3 60: timeout = "60s"',
    ],
  ])("reads %s", async (text, expected) => expect(await limitsOf({ "main.tf": text })).toEqual([expected]));

  it.each([
    lines('resource "aws_lb" "web" {', '  load_balancer_type = "network"', "}"),
    lines('resource "aws_lb" "web" {', "  idle_timeout = var.idle", "}"),
    lines('resource "aws_cloudfront_distribution" "d" {', "  origin {", "    s3_origin_config {}", "  }", "}"),
    lines("/*", 'resource "aws_lb" "web" {', "}", "*/", '# resource "aws_lb" "web" {}'),
  ])("says nothing of %s", async (text) => expect(await limitsOf({ "main.tf": text })).toEqual([]));
});

it("reads CloudFormation's and SAM's, with the API Gateway in front", async () => {
  const text = lines(
    "Globals:",
    "  Function:",
    "    Timeout: 100",
    "Resources:",
    "  Web:",
    "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer",
    "    Properties:",
    "      Subnets: !Ref Subnets",
    "      LoadBalancerAttributes:",
    "        - Key: idle_timeout.timeout_seconds",
    "          Value: '120'",
    "  Image:",
    "    Type: AWS::Serverless::Function",
    "    Properties:",
    "      Events:",
    "        Post:",
    "          Type: HttpApi",
    "  Job:",
    "    Type: AWS::Serverless::Function",
    "    Properties:",
    "      Timeout: 900",
  );
  expect(await limitsOf({ "template.yaml": text })).toEqual([
    "template.yaml:10 120: idle_timeout.timeout_seconds: 120",
    "template.yaml:3 100: Timeout: 100",
    "template.yaml:17 29: waits 29 s",
    "template.yaml:21 900: Timeout: 900",
  ]);
});

it("reads serverless.yml, with the API Gateway in front", async () => {
  const text = lines(
    "provider:",
    "  name: aws",
    "functions:",
    "  image:",
    "    timeout: 300",
    "    events:",
    "      - httpApi: POST /",
    "  job:",
    "    handler: job.run",
  );
  expect(await limitsOf({ "serverless.yml": text })).toEqual([
    "serverless.yml:5 300: timeout: 300",
    "serverless.yml:7 29: waits 29 s",
    "serverless.yml:9 6: no timeout, so 6 s",
  ]);
});

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

describe("gunicorn", () => {
  it.each([
    ["Procfile", "worker: gunicorn app:app --timeout 120\n", "Procfile:1 120: --timeout 120"],
    ["Procfile", "worker: gunicorn app:app\n", "Procfile:1 30: no --timeout, so 30 s"],
    [
      "Dockerfile",
      'FROM python\nRUN pip install \\\n  gunicorn flask\nCMD ["gunicorn", "-t", "300", "app:app"]\n',
      "Dockerfile:4 300: --timeout 300",
    ],
    ["start.sh", "exec gunicorn app:app --timeout=0\n", "start.sh:1 Infinity: --timeout 0"],
    ["gunicorn.conf.py", "workers = 2\ntimeout = 45\n", "gunicorn.conf.py:2 45: timeout = 45"],
  ])("is read in %s", async (file, text, expected) => expect(await limitsOf({ [file]: text })).toEqual([expected]));

  it("leaves alone workers that wait beside their work, and what its own file says", async () => {
    expect(await limitsOf({ "start.sh": "gunicorn -k uvicorn.workers.UvicornWorker app:app\n" })).toEqual([]);
    expect(await limitsOf({ "start.sh": "gunicorn app:app\n", "gunicorn.conf.py": "timeout = 300\n" })).toEqual([
      "gunicorn.conf.py:1 300: timeout = 300",
    ]);
  });
});

it("leaves out what is not production's", async () => {
  expect(
    await limitsOf({
      "test/nginx.conf": "location / { proxy_pass http://a; }",
      "docs/Caddyfile": "a { reverse_proxy b }",
    }),
  ).toEqual([]);
});
