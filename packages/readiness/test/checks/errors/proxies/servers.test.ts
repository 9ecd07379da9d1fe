import { describe, expect, it } from "vitest";
import { limitsOf, lines } from "./limits.ts";

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
