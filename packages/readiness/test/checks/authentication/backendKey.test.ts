/** A2, against every way in which Studio treats a key. */
import { type RunningEmulator, startEmulator, studioKeys } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { fetchNetwork, type KnownKey, type Network, NoAnswer, type Question } from "../../../src/index.ts";
import { verdictOf } from "../../subject.ts";
import { serviceAt } from "./service.ts";

let studio: RunningEmulator;
let gateway: RunningEmulator;
beforeAll(async () => {
  studio = await startEmulator({ dialect: "studio" });
  gateway = await startEmulator();
});
afterAll(() => Promise.all([studio.close(), gateway.close()]));

type Name = keyof typeof studioKeys;
const keyOf = (name: Name, more: Partial<KnownKey> = {}): KnownKey => ({
  ...{ name: "livepeer-studio", baseUrl: studio.url, key: Redacted.make(studioKeys[name].text) },
  ...more,
});
const judge = (key: KnownKey, settings: object = {}, network: Network = fetchNetwork()) =>
  verdictOf("A2", { keys: [key], settings: { gateway: studio.url, ...settings }, network });
const silent: Network = { ask: () => Effect.fail(new NoAnswer({ message: "connect ECONNREFUSED" })) };

describe("with the gateway's answer", () => {
  it.each([
    ["cors-restricted", /is a CORS key with restricted access, to which Studio answers 403 on generate/],
    ["limited", /is limited by access rules that do not let it generate \(403\)/],
    ["suspended", /its account is suspended \(403\)/],
    ["unverified", /its account's email address is not verified \(403\)/],
  ] as const)("fails with a %s key, whatever anybody says of it", async (name, evidence) => {
    const settings = { keys: [{ name: "livepeer-studio", rotated: "2026-11-01", kind: "backend" }] };
    const verdict = await judge(keyOf(name, { kind: "backend" }), settings);
    assert.strictEqual(verdict.status, "fail");
    assert.match(verdict.evidence, evidence);
    assert.match(verdict.fix ?? "", /^Make a backend key/);
    assert.notInclude(JSON.stringify(verdict), studioKeys[name].text);
    assert.notInclude(JSON.stringify(verdict), "@example.com", "the account's address");
  });

  it("fails with a key that the gateway does not know, which it repeats and we do not", async () => {
    const key = { name: "LIVEPEER_API_KEY", baseUrl: studio.url, key: Redacted.make("nobodys-key") };
    const verdict = await judge(key);
    assert.deepInclude(verdict, {
      status: "fail",
      evidence: "LIVEPEER_API_KEY: the gateway does not know it (401)",
    });
    assert.notInclude(JSON.stringify(verdict), "nobodys-key");
  });

  it("cannot tell where a firewall answers in the gateway's place", async () => {
    const page = { status: 403, headers: new Headers({ "content-type": "text/html" }), text: "<html>Are you a robot?" };
    const network: Network = {
      ask: (question) =>
        question.headers?.["Authorization"] === undefined ? fetchNetwork().ask(question) : Effect.succeed(page),
    };
    const verdict = await judge(keyOf("backend"), {}, network);
    assert.strictEqual(verdict.status, "manual");
    assert.include(JSON.stringify(verdict), "a proxy or firewall in front of it answered 403 with a web page");
  });

  it("fails with a CORS key that holds for every page", async () => {
    const network: Network = {
      // What Studio answers to a key with `*` among its origins.
      ask: (question) =>
        Effect.map(fetchNetwork().ask(question), (answer) =>
          question.headers?.["Origin"] === undefined ? answer : { ...answer, status: 422 },
        ),
    };
    const verdict = await judge(keyOf("cors-full"), {}, network);
    assert.strictEqual(verdict.status, "fail");
    assert.match(verdict.evidence, /is a CORS key with full access.+\(its gateway says so\)$/);
  });

  it.each(["backend", "cors-full"] as const)("cannot tell a %s key from the other kind", async (name) => {
    const verdict = await judge(keyOf(name));
    assert.strictEqual(verdict.status, "manual");
    assert.include(verdict.evidence, "a backend key, or a CORS key of other pages");
    assert.include(verdict.fix, 'kind = "backend"');
    assert.include(JSON.stringify(verdict), "Studio tells an API key nothing about keys");
  });

  it("passes when launch.toml or the records say that a key which generates is for servers", async () => {
    const settings = { keys: [{ name: "livepeer-studio", rotated: "2026-11-01", kind: "backend" }] };
    const told = await judge(keyOf("backend"), settings);
    assert.deepInclude(told, { status: "pass", evidence: "livepeer-studio is a backend key, by launch.toml" });
    const recorded = await judge(keyOf("backend", { kind: "backend" }));
    assert.deepInclude(recorded, {
      status: "pass",
      evidence: "livepeer-studio is a backend key, by Sluice's records",
    });
    const undecided = await judge(keyOf("backend"), { keys: [{ name: "livepeer-studio", rotated: "2026-11-01" }] });
    assert.strictEqual(undecided.status, "manual", "a date says nothing of the kind");
  });

  it("spends nothing", () => {
    const asked = studio.journal();
    assert.isNotEmpty(asked);
    assert.isTrue(asked.every(({ status, units }) => status !== 200 && units === undefined));
  });

  it("does not apply to a gateway that asks for no key, and shows it none", async () => {
    const seen: Array<Question> = [];
    const network: Network = {
      ask: (question) => {
        seen.push(question);
        return fetchNetwork().ask(question);
      },
    };
    const key = keyOf("backend", { baseUrl: gateway.url });
    const verdict = await verdictOf("A2", { keys: [key], settings: { gateway: gateway.url }, network });
    assert.deepInclude(verdict, { status: "skip", evidence: "livepeer-studio: its gateway asks for no key" });
    assert.lengthOf(seen, 1);
    assert.notProperty(seen[0]?.headers, "Authorization");
  });

  it("shows a key to no gateway but its own", async () => {
    const before = studio.journal().length;
    const verdict = await judge(keyOf("cors-restricted", { baseUrl: "https://other.example" }));
    assert.strictEqual(verdict.status, "skip", "it is not for this gateway, which asks for none");
    const { baseUrl: _, ...homeless } = keyOf("cors-restricted");
    assert.deepInclude(await judge(homeless), { status: "manual", evidence: "livepeer-studio: it was not asked" });
    assert.lengthOf(studio.journal(), before);
  });
});

describe("without the gateway's answer", () => {
  it("goes by what is known of the key", async () => {
    const status = async (kind?: KnownKey["kind"]) =>
      (await judge(keyOf("backend", kind === undefined ? {} : { kind }), {}, silent)).status;
    assert.deepEqual([await status("backend"), await status("cors"), await status()], ["pass", "fail", "manual"]);
    const verdict = await judge(keyOf("backend"), {}, silent);
    assert.strictEqual(verdict.evidence, "livepeer-studio: connect ECONNREFUSED");
  });

  it("leaves out a key that is for browsers", async () => {
    const settings = {
      keys: [
        { name: "livepeer-studio", rotated: "2026-11-01", kind: "browser" },
        { name: "server", rotated: "2026-11-01", kind: "backend" },
      ],
    };
    const verdict = await judge(keyOf("cors-restricted", { kind: "cors-restricted" }), settings);
    assert.deepInclude(verdict, {
      status: "pass",
      evidence: "server: for servers, by launch.toml (no key is known here)",
    });
  });

  it("asks for a person's word where no key is known, and does not apply where none is needed", async () => {
    const status = async (given: Parameters<typeof verdictOf>[1]) => (await verdictOf("A2", given)).status;
    assert.strictEqual(await status({ settings: { gateway: "livepeer-studio" } }), "manual");
    assert.strictEqual(await status({ env: { SLUICE_GATEWAY_URL: "" } }), "manual");
    assert.strictEqual(await status({ service: serviceAt("https://livepeer.studio/api/beta/generate") }), "manual");
    assert.strictEqual(await status({ env: { LIVEPEER_GATEWAY_URL: "https://gateway.example" } }), "skip");
  });
});
