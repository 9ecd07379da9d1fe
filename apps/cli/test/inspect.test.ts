/** `sluice keys inspect`, against every way in which Studio treats a key. */
import { type RunningEmulator, startEmulator } from "@sluice/emulator";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { resultOf, sluice } from "./sluice.ts";
import { onTerminal } from "./terminal.ts";

const inspect = ["keys", "inspect", "-g", "livepeer-studio"];
const ownOrigin = ["--origin", "https://app.example.com"];
const otherOrigin = ["--origin", "https://elsewhere.example"];

let studio: RunningEmulator;
beforeAll(async () => {
  studio = await startEmulator({ dialect: "studio" });
});
afterAll(() => studio.close());

const envOf = (name: string) => ({ LIVEPEER_API_KEY: `emulated-${name}-key`, SLUICE_GATEWAY_URL: studio.url });

describe("sluice keys inspect", () => {
  it.each([
    ["backend", [], 0, { valid: true, generates: true, kind: "backend", kindIsCertain: false, origin: null }],
    ["backend", ownOrigin, 0, { kind: "backend", origin: { origin: "https://app.example.com", allowed: false } }],
    ["cors-full", ownOrigin, 0, { generates: true, kind: "cors", kindIsCertain: true }],
    ["cors-full", otherOrigin, 0, { kind: "backend", kindIsCertain: false }],
    ["cors-restricted", [], 4, { valid: true, generates: false, kind: "cors-restricted", reason: "cors-restricted" }],
    ["cors-restricted", ownOrigin, 4, { origin: { origin: "https://app.example.com", allowed: true } }],
    ["limited", [], 4, { valid: true, generates: false, kind: "limited", kindIsCertain: true }],
    ["suspended", ownOrigin, 4, { valid: true, generates: false, reason: "suspended", origin: null }],
    ["unverified", [], 4, { valid: true, generates: false, reason: "unverified", kind: null }],
    ["nonsense", [], 4, { valid: false, generates: false, check: "refused", status: 401, kind: null }],
  ] as const)("tells what a %s key is, %j", async (name, more, code, expected) => {
    const before = studio.journal().length;
    const env = envOf(name);
    const ended = await sluice([...inspect, ...more, "--json"], env);
    assert.deepStrictEqual([ended.code, ended.stderr], [code, ""]);
    const result = resultOf(ended);
    assert.deepInclude(result, expected);
    assert.strictEqual(result["code"], code === 0 ? "OK" : "SLUICE-KEY-REFUSED");
    assert.notInclude(ended.stdout, env.LIVEPEER_API_KEY);
    assert.notInclude(ended.stdout, "@example.com", "the account's address");
    const asked = studio.journal().slice(before);
    assert.isAtLeast(asked.length, 2);
    assert.isTrue(
      asked.every(({ status, units }) => status !== 200 && units === undefined),
      "something was generated",
    );
  });

  it("says it in a pipe", async () => {
    const { code, stdout, stderr } = await sluice([...inspect, ...ownOrigin], envOf("cors-full"));
    assert.deepStrictEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^key {9}sha256:[0-9a-f]{8} {3}LIVEPEER_API_KEY$/m);
    assert.match(stdout, /^valid {7}yes\ngenerates {3}yes\nkind {8}CORS, with full access/m);
    assert.match(stdout, /^origin {6}https:\/\/app\.example\.com {3}allowed$/m);
    assert.match(stdout, /^rate limit {2}20 requests in 60 s for each user, as documented$/m);
    assert.match(stdout, /^age {9}not known/m);
  });

  it("says it on a terminal, and why the key may not generate", async () => {
    const { code, text, raw } = await onTerminal(inspect, envOf("cors-restricted"), { columns: 200, rows: 30 });
    assert.strictEqual(code, 4);
    assert.match(text, /^generates {3}no {3}it is a CORS key with restricted access, which may not generate$/m);
    assert.match(text, /^✗ SLUICE-KEY-REFUSED .*\n {2}fix {7}Make a backend key/m);
    assert.notInclude(raw, "emulated-cors-restricted-key");
  });

  it("shows rate limits that headers tell, and does not follow where an answer points", async () => {
    const seen: Array<string | undefined> = [];
    const server = createServer((request, response) => {
      const { authorization } = request.headers;
      seen.push(authorization);
      const limits = { "RateLimit-Limit": "60", "X-RateLimit-Remaining": "59" };
      response.writeHead(authorization === undefined ? 401 : 307, { ...limits, Location: "/elsewhere" }).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ended = await sluice(["keys", "inspect", "-g", url, "--json"], { LIVEPEER_API_KEY: "some-key" });
    server.close();
    assert.strictEqual(ended.code, 7);
    const { check, rateLimit } = resultOf(ended) as { check: string; rateLimit: { headers: object } };
    assert.strictEqual(check, "unclear");
    assert.deepStrictEqual(rateLimit.headers, { "ratelimit-limit": "60", "x-ratelimit-remaining": "59" });
    assert.deepStrictEqual(seen, [undefined, "Bearer some-key"]);
  });

  it("cannot tell where a firewall answers in the gateway's place", async () => {
    const page = { "Content-Type": "text/html" };
    const server = createServer((_, response) => response.writeHead(403, page).end("<html>Are you a robot?"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ended = await sluice(["keys", "inspect", "-g", url, "--json"], { LIVEPEER_API_KEY: "some-key" });
    server.close();
    assert.strictEqual(ended.code, 7);
    assert.deepInclude(resultOf(ended), { check: "unclear", valid: null, generates: null, reason: "proxy" });
    assert.match(String(resultOf(ended)["fix"]), /^Ask whoever runs the proxy or firewall/);
  });

  it("needs a key, a gateway that takes one, and an origin that is one", async () => {
    const none = await sluice(inspect);
    assert.strictEqual(none.code, 4);
    assert.include(none.stderr, "SLUICE-KEY-MISSING  there is no key for livepeer-studio");
    const cloud = await sluice(["keys", "inspect"], envOf("backend"));
    assert.strictEqual(cloud.code, 2);
    const path = await sluice([...inspect, "--origin", "https://app.example.com/page"], envOf("backend"));
    assert.strictEqual(path.code, 2);
    assert.include(path.stderr, "an origin is a web page's address without its path");
  });
});
