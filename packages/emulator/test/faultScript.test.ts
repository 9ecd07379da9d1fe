import { type EmulatorSettings, faultKinds, startEmulator } from "@sluice/emulator";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { ask, statusOf } from "./ask.ts";
import { generate, generateFrom } from "./generate.ts";

const small = { width: 64, height: 64 };

/** The statuses of so many requests, one after another. */
const history = async (settings: EmulatorSettings, requests: number) => {
  await using emulator = await startEmulator(settings);
  const statuses: Array<number | null> = [];
  for (let count = 0; count < requests; count += 1) statuses.push(statusOf(await generate(emulator.url, small)));
  return statuses;
};

describe("a fault", () => {
  it("hits every request unless it says otherwise", async () => {
    assert.deepStrictEqual(await history({ faults: [{ kind: "unavailable" }] }, 3), [503, 503, 503]);
  });

  it("hits as many requests as it says, and is over", async () => {
    assert.deepStrictEqual(await history({ faults: [{ kind: "closed", times: 2 }] }, 4), [null, null, 200, 200]);
    assert.deepStrictEqual(await history({ faults: [{ kind: "internal", times: 0 }] }, 2), [200, 200]);
  });

  it("comes before everything that the request could get wrong", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "unavailable" }] });
    assert.strictEqual(statusOf(await generateFrom(emulator.url, "{")), 503);
    assert.strictEqual(statusOf(await generate(emulator.url, { model_id: "nobody/has-this" })), 503);
  });

  it("hits nothing but the POST of a batch path, and is not used up by anything else", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "internal", times: 1 }] });
    for (const request of [
      { path: "/healthz" },
      { path: "/text-to-image" },
      { path: "/stream/00000000/00000000.png" },
      { method: "POST", path: "/elsewhere" },
    ]) {
      assert.notStrictEqual(statusOf(await ask(emulator.url, request)), 500, request.path);
    }
    assert.strictEqual(statusOf(await generate(emulator.url, small)), 500);
  });

  it("has a kind that the package lists", () => {
    assert.lengthOf(new Set(faultKinds), faultKinds.length);
    assert.includeMembers([...faultKinds], ["unavailable", "closed", "silent", "truncated"]);
  });
});

describe("several faults", () => {
  it("take effect in their order, each until it is used up", async () => {
    const faults = [
      { kind: "internal", times: 1 },
      { kind: "rate-limited", times: 2 },
      { kind: "bad-gateway", times: 1 },
    ] as const;
    assert.deepStrictEqual(await history({ faults }, 6), [500, 429, 429, 502, 200, 200]);
  });

  it("never reach one behind a fault that hits everything", async () => {
    const faults = [{ kind: "unavailable" }, { kind: "internal" }] as const;
    assert.deepStrictEqual(await history({ faults }, 2), [503, 503]);
  });
});

describe("a fault with a rate", () => {
  const sometimes = (seed: number, rate = 0.3): EmulatorSettings => ({ seed, faults: [{ kind: "unavailable", rate }] });

  it("hits about that share of the requests", async () => {
    const hits = (await history(sometimes(1), 400)).filter((status) => status === 503).length;
    assert.isAtLeast(hits, 90);
    assert.isAtMost(hits, 150);
  });

  it("hits none at 0 and all at 1", async () => {
    assert.deepStrictEqual(
      await history(sometimes(1, 0), 20),
      Array.from({ length: 20 }, () => 200),
    );
    assert.deepStrictEqual(
      await history(sometimes(1, 1), 20),
      Array.from({ length: 20 }, () => 503),
    );
  });

  it("repeats its history for a seed, whatever the seed", () =>
    fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        assert.deepStrictEqual(await history(sometimes(seed), 25), await history(sometimes(seed), 25));
      }),
      { numRuns: 5 },
    ));

  it("has another history for another seed", async () => {
    assert.notDeepEqual(await history(sometimes(1), 40), await history(sometimes(2), 40));
  });

  it("counts only the requests that it hit", async () => {
    const faults = [{ kind: "internal", rate: 0.5, times: 3 }] as const;
    const statuses = await history({ faults }, 40);
    assert.lengthOf(
      statuses.filter((status) => status === 500),
      3,
    );
  });

  it("leaves the requests that it misses to the faults behind it", async () => {
    const faults = [{ kind: "internal", rate: 0.5 }, { kind: "unavailable" }] as const;
    assert.sameMembers([...new Set(await history({ faults }, 20))], [500, 503]);
  });
});
