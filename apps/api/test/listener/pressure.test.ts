import { assert, describe, it } from "vitest";
import { type Load, measureProcess, type Pressure, shedLoad } from "../../src/listener/pressure.ts";
import { answersIn, get, lastAnswer, listen, problemOf } from "./wire.ts";
import { until } from "../turns.ts";

const calm: Load = { delayMs: 200, heap: 0.85 };

/** `load` is what the next reading gives. */
const serve = async () => {
  const meter = { load: calm, isClosed: false };
  const made: Array<Pressure> = [];
  const service = await listen({}, (app) => {
    const openMeter = () => ({ read: () => meter.load, close: () => (meter.isClosed = true) });
    made.push(shedLoad(app, { exempt: new Set(["/readyz"]), windowMs: 2, openMeter }));
    app.get("/readyz", () => "ready");
  });
  const become = async (load: Load) => {
    meter.load = load;
    const isOver = load.delayMs > calm.delayMs || load.heap > calm.heap;
    await until(() => made[0]?.isOverloaded === isOver);
  };
  return Object.assign(service, { meter, become });
};

describe("a service that cannot keep up", () => {
  const loads = [
    ["its event loop is late", { ...calm, delayMs: 201 }],
    ["its heap is nearly full", { ...calm, heap: 0.86 }],
  ] as const;
  for (const [when, load] of loads) {
    it(`turns requests away before a handler when ${when}, and takes them again afterwards`, async () => {
      await using service = await serve();
      assert.strictEqual(await service.ask("/first"), 200);
      await service.become(load);
      const answer = await lastAnswer(service.client(get("/next", "Connection: close")));
      assert.include(problemOf(answer), { status: 503, code: "SLUICE-503-OVERLOADED", retryable: true });
      assert.strictEqual(answer.headers["retry-after"], "1");
      await service.become(calm);
      assert.strictEqual(await service.ask("/last"), 200);
      assert.deepStrictEqual(service.seen, ["/first", "/last"]);
    });
  }

  it("answers its probes all the same", async () => {
    await using service = await serve();
    await service.become({ ...calm, heap: 0.9 });
    assert.strictEqual(await service.ask("/readyz?verbose"), 200);
    assert.strictEqual(await service.ask("/other"), 503);
  });

  it("finishes the call under way", async () => {
    await using service = await serve();
    const client = service.client(get("/held"));
    await until(() => service.held.length === 1);
    await service.become({ ...calm, delayMs: 1_000 });
    service.held[0]?.send({ done: true });
    await until(() => answersIn(client.received())[0]?.statusCode === 200);
  });

  it("stops measuring when it ends", async () => {
    const service = await serve();
    assert.isFalse(service.meter.isClosed);
    await service[Symbol.asyncDispose]();
    assert.isTrue(service.meter.isClosed);
  });
});

describe("the load of this process", () => {
  it("has the delay of a loop that is kept busy, and a part of the heap", async () => {
    const meter = measureProcess();
    const seen: Array<Load> = [];
    while ((seen.at(-1)?.delayMs ?? 0) < 20) {
      // The first turn after a reading is not counted.
      for (let turns = 0; turns < 3; turns += 1) {
        const busyUntil = performance.now() + 40;
        while (performance.now() < busyUntil);
        await new Promise((resolve) => setImmediate(resolve));
      }
      // Many turns in time do not hide a late one.
      const idleUntil = performance.now() + 60;
      await until(() => performance.now() > idleUntil);
      seen.push(meter.read());
    }
    meter.close();
    for (const { delayMs, heap } of seen) {
      assert.isAtLeast(delayMs, 0);
      assert.isTrue(heap > 0 && heap < 1);
    }
  });
});
