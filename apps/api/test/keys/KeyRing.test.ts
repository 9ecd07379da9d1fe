import { assert, describe, it } from "vitest";
import { Key } from "../../src/keys/Key.ts";
import { KeyRing } from "../../src/keys/KeyRing.ts";
import { KeySettings } from "../../src/keys/KeySettings.ts";
import { mintKey } from "../../src/keys/KeyText.ts";
import { clockFrom, dayMs, entryOf, ringOf, secretOf, today } from "./keyring.ts";

const nameOf = (found: ReturnType<KeyRing["find"]>): string => (found instanceof Key ? found.name : `no: ${found}`);

describe("a ring of keys", () => {
  it("finds each key by its header, whatever the case of the scheme", () => {
    const [web, batch] = [entryOf(), entryOf({ name: "batch" })];
    const ring = ringOf(web.entry, batch.entry);
    assert.strictEqual(nameOf(ring.find(web.bearer)), "web");
    assert.strictEqual(nameOf(ring.find(`bearer  ${batch.text} `)), "batch");
  });

  it("says why there is none", () => {
    const { entry, text } = entryOf();
    const ring = ringOf(entry);
    for (const header of [undefined, "", " "]) assert.strictEqual(ring.find(header), "missing");
    for (const header of [text, `Basic ${text}`, "Bearer", `Bearer,${text}`])
      assert.strictEqual(ring.find(header), "scheme");
    for (const header of [
      "Bearer sk-abc",
      `Bearer ${text.slice(0, -1)}`,
      `Bearer ${text}, Bearer ${text}`,
      "Bearer \0",
    ]) {
      assert.strictEqual(ring.find(header), "malformed");
    }
    assert.strictEqual(ring.find(`Bearer ${mintKey("live")}`), "unknown");
  });

  it("does not take another secret for a known id", () => {
    const { text, bearer } = entryOf();
    const other = { ...secretOf(text), hash: secretOf(mintKey("live")).hash };
    assert.strictEqual(ringOf(KeySettings.parse({ name: "web", ...other })).find(bearer), "unknown");
  });

  it("does not take a key from the moment when it expires", () => {
    const { entry, bearer } = entryOf({ expires: "2026-11-24" });
    const { now, pass } = clockFrom(today);
    const ring = KeyRing.of([entry], { wall: now, monotonic: () => 0 });
    pass(dayMs - 1);
    assert.strictEqual(nameOf(ring.find(bearer)), "web");
    pass(1);
    assert.strictEqual(ring.find(bearer), "expired");
  });

  it("takes both secrets of a rotation for the one key, and the old one until it expires", () => {
    const old = mintKey("live");
    const { entry, bearer } = entryOf({ previous: { ...secretOf(old), expires: "2026-11-26" } });
    const { now, pass } = clockFrom(today);
    const ring = KeyRing.of([entry], { wall: now, monotonic: () => 0 });
    const found = ring.find(bearer);
    assert.instanceOf(found, Key);
    assert.strictEqual(ring.find(`Bearer ${old}`), found);
    pass(3 * dayMs);
    assert.strictEqual(ring.find(`Bearer ${old}`), "expired");
    assert.strictEqual(ring.find(bearer), found);
  });

  it("knows the origins that any of its keys allows", () => {
    const ring = ringOf(entryOf({ origins: ["https://a.example"] }).entry, entryOf({ name: "batch" }).entry);
    assert.isTrue(ring.allowsOrigin("https://a.example"));
    assert.isFalse(ring.allowsOrigin("https://a.example.evil"));
    assert.isFalse(ring.isEmpty);
    assert.isTrue(ringOf().isEmpty);
  });
});

describe("a ring that is made anew", () => {
  const limits = { requestsPerMinute: 1 };
  const clocks = { wall: () => today, monotonic: () => 0 };
  const keyIn = (ring: KeyRing): Key => {
    const [key] = ring.keys;
    assert.instanceOf(key, Key);
    return key;
  };

  it("does not give a key that stays a new allowance, not with a new secret either", () => {
    const before = KeyRing.of([entryOf({ limits }).entry], clocks);
    keyIn(before).takeRequest();
    const after = KeyRing.of([entryOf({ limits, admin: true }).entry], clocks, before);
    assert.throws(() => keyIn(after).takeRequest(), /1 requests a minute/);
    assert.isTrue(keyIn(after).admin);
  });

  it("limits anew when any limit changes", () => {
    const before = KeyRing.of([entryOf({ limits }).entry], clocks);
    keyIn(before).takeRequest();
    for (const changed of [
      { requestsPerMinute: 2 },
      { ...limits, concurrency: 9 },
      { ...limits, megapixelsPerMinute: 9 },
    ]) {
      const after = KeyRing.of([entryOf({ limits: changed }).entry], clocks, before);
      keyIn(after).takeRequest();
    }
    assert.throws(() => keyIn(before).takeRequest(), /1 requests a minute/);
  });

  it("does not know keys that are gone", () => {
    const { entry, bearer } = entryOf();
    assert.strictEqual(KeyRing.of([], clocks, KeyRing.of([entry], clocks)).find(bearer), "unknown");
  });
});

describe("the age of a key", () => {
  const { entry } = entryOf({ previous: { ...secretOf(mintKey("live"), "2026-09-01"), expires: "2026-11-26" } });
  const ring = ringOf(entry);

  it("is counted in whole days for each secret that still opens", () => {
    assert.deepStrictEqual(
      ring.ages(today + 1.5 * dayMs).map(({ name, days, isCurrent }) => ({ name, days, isCurrent })),
      [
        { name: "web", days: 1, isCurrent: true },
        { name: "web", days: 84, isCurrent: false },
      ],
    );
    assert.lengthOf(ring.ages(today + 3 * dayMs), 1);
    assert.strictEqual(ring.ages(today - dayMs)[0]?.days, 0);
  });

  it("is due from day 80 on, and overdue from day 90 on", () => {
    const stateAt = (day: number) => ring.due(today + day * dayMs).map(({ state }) => state);
    assert.deepStrictEqual([4, 79].flatMap(stateAt), []);
    assert.deepStrictEqual([80, 89].flatMap(stateAt), ["warn", "warn"]);
    assert.deepStrictEqual([90, 400].flatMap(stateAt), ["overdue", "overdue"]);
  });
});
