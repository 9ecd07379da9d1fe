/** A3. */
import { assert, describe, it } from "vitest";
import type { KnownKey } from "../../../src/index.ts";
import { now, verdictOf } from "../../subject.ts";

const day = 86_400_000;
const studio = "https://livepeer.studio/api/beta/generate";
const aged = (days: number): KnownKey => ({ name: "livepeer-studio", baseUrl: studio, since: now - days * day });

const judge = (keys: ReadonlyArray<KnownKey>, rotated: Readonly<Record<string, string>> = {}) => {
  const told = Object.entries(rotated).map(([name, date]) => ({ name, rotated: date }));
  return verdictOf("A3", { keys, settings: { gateway: "livepeer-studio", keys: told } });
};

describe("the age of keys", () => {
  it.each([
    ...([
      [0, "pass"],
      [75.9, "pass"],
      [76, "warn"],
      [89.9, "warn"],
      [90, "fail"],
      [400, "fail"],
    ] as const),
  ])("of %d days: %s", async (days, status) => assert.strictEqual((await judge([aged(days)])).status, status));

  it("is told for each, and the oldest decides until when it is well", async () => {
    const keys = [aged(10), { name: "LIVEPEER_API_KEY", since: now - 40 * day }];
    assert.deepEqual(await judge(keys), {
      status: "pass",
      evidence: "livepeer-studio 10 days (until 2027-02-10), LIVEPEER_API_KEY 40 days (until 2027-01-11)",
      expiresAt: now + 50 * day,
    });
  });

  it("names the key to replace, and how", async () => {
    const verdict = await judge([aged(1), { name: "OLD", since: now - 100 * day }, { name: "NEW" }]);
    assert.strictEqual(verdict.status, "fail");
    assert.match(verdict.fix ?? "", /^Make a new key for OLD, .*sluice auth login/);
  });

  it("goes by launch.toml where nothing else is known, and by whichever is longer ago where both are", async () => {
    const only = await judge([{ name: "LIVEPEER_API_KEY" }], { LIVEPEER_API_KEY: "2026-11-20" });
    assert.deepInclude(only, { status: "pass", evidence: "LIVEPEER_API_KEY 2 days (until 2027-02-18)" });
    assert.strictEqual((await judge([aged(2)], { "livepeer-studio": "2026-01-01" })).status, "fail");
    assert.strictEqual((await judge([aged(200)], { "livepeer-studio": "2026-11-20" })).status, "fail");
    assert.strictEqual((await judge([], { "in the vault": "2026-08-20" })).status, "fail");
  });

  it("cannot be told of a key that nobody has a date of, or one to come", async () => {
    const unknown = await judge([aged(80), { name: "LIVEPEER_API_KEY" }]);
    assert.deepInclude(unknown, {
      status: "manual",
      evidence: "livepeer-studio 80 days (until 2026-12-02), LIVEPEER_API_KEY of unknown age",
      expiresAt: now + 10 * day,
    });
    assert.include(JSON.stringify(unknown), "Studio tells an API key nothing about keys");
    assert.include(unknown.fix, 'name = "LIVEPEER_API_KEY"');
    const future = await judge([], { later: "2027-01-01" });
    assert.deepInclude(future, {
      status: "manual",
      evidence: "later said to be of 2027-01-01, which is still to come",
    });
  });

  it("is of no interest where no key is needed, and unknown where one is", async () => {
    assert.strictEqual((await verdictOf("A3", { settings: { gateway: "livepeer-cloud" } })).status, "skip");
    assert.strictEqual((await judge([])).status, "manual");
    const other = { ...aged(200), baseUrl: "https://old.example" };
    assert.strictEqual((await judge([other])).status, "manual", "a key of another gateway is not production's");
  });
});
