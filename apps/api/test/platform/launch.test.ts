import { LaunchReport } from "@sluice/readiness/report";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it, onTestFinished } from "vitest";
import { fieldsOf, problemOf } from "../problems.ts";
import { aKey, generation, serve, settingsOf } from "../serve.ts";

type Service = Awaited<ReturnType<typeof serve>>;

const ask = ({ admin }: Pick<Service, "admin">, query = "", accept = "*/*") =>
  admin.inject({ method: "GET", url: `/sluice/v1/launch${query}`, headers: { host: "localhost", accept } });

const reportOf = async (service: Pick<Service, "admin">, query = ""): Promise<LaunchReport> => {
  const { statusCode, body } = await ask(service, query);
  assert.strictEqual(statusCode, 200, body);
  return LaunchReport.parse(JSON.parse(body));
};

const dayMs = 86_400_000;

/** A word that was given so many days ago, and holds for 30. */
const attesting = (id: string, daysAgo: number): string => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, "attestations.toml");
  const given = Date.now() - daysAgo * dayMs;
  const [on, until] = [given, given + 30 * dayMs].map((time) => new Date(time).toISOString().slice(0, 10));
  const said = { id, by: "Ada", on, until, evidence: "https://wiki.example/launch" };
  const lines = Object.entries(said).map(([field, value]) => `${field} = ${JSON.stringify(value)}`);
  writeFileSync(path, `[[attestations]]\n${lines.join("\n")}\n`);
  return path;
};

describe("GET /sluice/v1/launch", () => {
  it("says with 200 that a service is not ready, and why, of each line of the checklist", async () => {
    await using service = await serve();
    const { subject, gateway, ready, checks } = await reportOf(service);
    assert.deepStrictEqual(
      { subject, gateway, ready },
      { subject: "sluice-api", gateway: service.emulator.url, ready: false },
    );
    assert.isAbove(checks.length, 20);
    for (const { id, blocks, evidence, fix } of checks) {
      assert.isNotEmpty(evidence, id);
      if (blocks) assert.isNotNull(fix, id);
    }
  });

  it("looks at nothing but what is asked for, by id or by group", async () => {
    await using service = await serve();
    const idsOf = async (query: string) => (await reportOf(service, query)).checks.map(({ id }) => id);
    assert.deepStrictEqual(await idsOf("?only=S1"), ["S1"]);
    assert.deepStrictEqual(await idsOf("?only=launch"), ["S1", "S2"]);
    assert.deepStrictEqual(await idsOf("?only=S2,a3&only=S1"), ["A3", "S1", "S2"]);
  });

  it("lets a launch be kept back by more or by less", async () => {
    await using service = await serve();
    const readyWith = async (failOn: string) => (await reportOf(service, `?only=S1&failOn=${failOn}`)).ready;
    assert.deepStrictEqual(await Promise.all(["fail", "manual", "warn"].map(readyWith)), [true, false, false]);
    assert.strictEqual((await reportOf(service)).failOn, "manual");
  });

  it.each([
    ["?only=A33", "only", /A3/],
    ["?only=", "only", /launch/],
    ["?only=monitorin", "only", /Did you mean monitoring/],
    ["?failOn=sometimes", "failOn", /fail, manual, warn/],
    ["?failOn=fail&failOn=warn", "failOn", /fail, manual, warn/],
  ])("refuses %s with 422, and names the parameter", async (query, field, told) => {
    await using service = await serve();
    const problem = problemOf(await ask(service, query));
    assert.deepStrictEqual([problem.status, fieldsOf(problem)], [422, [field]]);
    assert.match(JSON.stringify(problem), told);
  });

  it("is Markdown for who would rather have that", async () => {
    await using service = await serve();
    const typeFor = async (accept: string) => (await ask(service, "?only=launch", accept)).headers["content-type"];
    const [json, markdown] = ["application/json; charset=utf-8", "text/markdown; charset=utf-8"];
    assert.strictEqual(await typeFor("text/markdown"), markdown);
    assert.strictEqual(await typeFor("text/markdown, application/json;q=0.5"), markdown);
    assert.strictEqual(await typeFor("application/json, text/markdown;q=0.9, */*;q=0.1"), json);
    assert.strictEqual(await typeFor("text/markdown;q=0, */*"), json);
    assert.strictEqual(await typeFor("text/html, */*;q=0.8"), json);
    const { body } = await ask(service, "?only=launch", "text/markdown");
    assert.match(body, /^#/);
    assert.include(body, "S1");
  });

  it("is worked out anew each time, and kept by nobody", async () => {
    await using service = await serve();
    const seen = async () => (await reportOf(service, "?only=O2")).checks.map(({ status }) => status);
    assert.notDeepEqual(await seen(), ["pass"]);
    await service.app.inject(generation());
    assert.deepStrictEqual(await seen(), ["pass"]);
    assert.strictEqual((await ask(service)).headers["cache-control"], "no-store");
  });

  it("takes a person's word from the file that the configuration names, as long as it holds", async () => {
    const statusAfter = async (days: number) => {
      const launch = { attestations: attesting("S1", days) };
      await using service = await serve({}, {}, { configuration: { launch } });
      const { checks } = await reportOf(service, "?only=S1");
      return checks.map(({ status, attestation }) => [status, attestation?.by]);
    };
    assert.deepStrictEqual(await statusAfter(1), [["pass", "Ada"]]);
    assert.deepStrictEqual(await statusAfter(40), [["manual", "Ada"]]);
  });

  it("takes what people say now, once the configuration was read again", async () => {
    await using service = await serve();
    const statusNow = async () => (await reportOf(service, "?only=S1")).checks.map(({ status }) => status);
    assert.deepStrictEqual(await statusNow(), ["manual"]);
    service.reload(settingsOf({ launch: { attestations: attesting("S1", 1) } }));
    assert.deepStrictEqual(await statusNow(), ["pass"]);
  });

  it("is for operators, and asks no gateway", async () => {
    const [web, ops] = [aKey(), aKey({ name: "ops", admin: true })];
    await using service = await serve({}, {}, { configuration: { keys: [web.entry, ops.entry] } });
    const statusFor = async (headers: Readonly<Record<string, string>>) =>
      (await service.app.inject({ method: "GET", url: "/sluice/v1/launch", headers })).statusCode;
    assert.deepStrictEqual(
      [await statusFor({}), await statusFor(web.headers), await statusFor(ops.headers)],
      [401, 403, 200],
    );
    assert.isEmpty(service.emulator.journal());
  });
});
