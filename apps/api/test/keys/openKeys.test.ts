import { afterEach, assert, beforeEach, describe, it, vi } from "vitest";
import { openKeys } from "../../src/keys/openKeys.ts";
import { dayMs, entryOf, today } from "./keyring.ts";

/** Keys that are open, and what the log was warned of so far. */
const open = (...entries: Parameters<typeof openKeys>[0]) => {
  const warnings: Array<unknown> = [];
  const warn = (what: unknown): void => void warnings.push(what);
  return { keys: openKeys(entries, { warn, info: () => undefined }), warnings };
};

describe("keys that are open", () => {
  beforeEach(() => void vi.useFakeTimers({ now: today + 79 * dayMs }));
  afterEach(() => void vi.useRealTimers());

  it("are told to the log from day 80 on, every day, until they are closed", () => {
    const { entry, text } = entryOf();
    const { keys, warnings } = open(entry);
    assert.isEmpty(warnings);
    vi.advanceTimersByTime(dayMs);
    assert.deepStrictEqual(warnings, [{ key: "web", id: text.slice(0, 21), days: 80 }]);
    vi.advanceTimersByTime(10 * dayMs);
    assert.lengthOf(warnings, 11);
    keys.close();
    vi.advanceTimersByTime(dayMs);
    assert.lengthOf(warnings, 11);
    assert.strictEqual(vi.getTimerCount(), 0);
  });

  it("are others once they are replaced, and what is due of them is told at once", () => {
    const [one, other] = [entryOf(), entryOf({ created: "2026-01-01" })];
    const { keys, warnings } = open(one.entry);
    keys.replace([other.entry]);
    assert.strictEqual(keys.ring.find(one.bearer), "unknown");
    assert.isObject(keys.ring.find(other.bearer));
    assert.lengthOf(warnings, 1);
    keys.close();
  });
});
