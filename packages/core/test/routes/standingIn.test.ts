/** Who asks a cold model in another's place: everyone once, and nobody whose own answers say nothing of the model. */
import { assert, describe, it } from "@effect/vitest";
import { ColdOrNoCapacity, ConnectionFailed } from "@sluice/errors";
import { ColdGate } from "../../src/routes/ColdGate.ts";

const subject = { gateway: "a", pipeline: "text-to-image", model: "m" };
const cold = new ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 });
const reset = new ConnectionFailed({ ...subject, reason: "refused", url: "http://a.example" });

/** A gate whose model the finder has found cold at 0; times are in milliseconds. */
const foundCold = (gate = new ColdGate(), now = 0) => {
  const finder = {};
  assert.strictEqual(gate.ask(finder, now), "go");
  gate.ended(finder, cold, now, now);
  return { gate, finder };
};

const waiting = (gate: ColdGate, call = {}) => {
  const seen = { gone: 0, cold: 0 };
  gate.wait({ call, go: () => (seen.gone += 1), isCold: () => (seen.cold += 1) });
  return { call, seen };
};

describe("who asks in another's place", () => {
  it("is one that waits, and has not found the model cold", () => {
    const { gate, finder } = foundCold();
    const { call, seen } = waiting(gate);
    assert.deepStrictEqual(gate.ask(finder, 1_000), { waitMs: 2_500 });
    assert.strictEqual(seen.gone, 1);
    assert.strictEqual(gate.ask(call, 1_000), "go");
  });

  it("is nobody whom the model refuses while it answers others", () => {
    const gate = new ColdGate();
    const odd = {};
    gate.ask(odd, 0);
    gate.ended(odd, cold, 0, 0);
    gate.answered({}, 10);
    const { finder } = foundCold(gate, 100);
    const { seen } = waiting(gate, odd);
    assert.strictEqual(gate.ask(finder, 1_100), "go");
    assert.strictEqual(seen.gone, 0);
  });

  it("is each once, whatever came of it; and who has let it ask hears so", () => {
    const { gate, finder } = foundCold();
    const { call } = waiting(gate);
    assert.deepStrictEqual(gate.ask(finder, 1_000), { waitMs: 2_500 });
    const { seen } = waiting(gate, finder);
    assert.strictEqual(gate.ask(call, 1_000), "go");
    gate.ended(call, reset, 1_100, 1_000);
    assert.deepStrictEqual(seen, { gone: 0, cold: 1 });
    waiting(gate, call);
    assert.strictEqual(gate.ask(finder, 3_000), "go");
  });

  it("keeps the others waiting no longer than an answer takes, where it turns to another gateway first", () => {
    const { gate, finder } = foundCold();
    waiting(gate);
    assert.deepStrictEqual(gate.ask(finder, 1_000), { waitMs: 2_500 });
    assert.strictEqual(gate.ask(finder, 3_500), "go");
    // It finds out for all.
    assert.deepStrictEqual(gate.ask({}, 3_600), { error: cold });
  });
});
