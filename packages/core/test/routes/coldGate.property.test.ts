/** The cold gate under any script of callers and answers: nobody waits for ever, and never do two ask at once. */
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { TestClock } from "effect/testing";
import { ColdGate } from "../../src/routes/ColdGate.ts";
import { ColdOrNoCapacity, InferenceFailed } from "@sluice/errors";
import {
  type Behaviour,
  type Caller,
  closed,
  inference,
  limited,
  play,
  refused,
  silent,
  unavailable,
  warm,
} from "./models.ts";

const after =
  (ms: number, behaviour: Behaviour): Behaviour =>
  (asked) =>
    Effect.andThen(Effect.sleep(ms), behaviour(asked));

const behaviours: ReadonlyArray<Behaviour> = [
  ...[unavailable, unavailable, unavailable, after(100, unavailable), after(3_000, unavailable)],
  ...[closed, inference, refused, limited(2), silent, warm(0), warm(1_000), warm(40_000)],
];

const caller: fc.Arbitrary<Caller> = fc
  .record({
    from: fc.integer({ min: 0, max: 40_000 }),
    timeoutMs: fc.constantFrom(1_000, 10_000, 40_000, 120_000),
    abortAfter: fc.option(fc.integer({ min: 0, max: 50_000 }), { nil: undefined, freq: 4 }),
  })
  .map(({ from, timeoutMs, abortAfter }) => ({
    from,
    options: { timeoutMs },
    ...(abortAfter === undefined ? {} : { abortAfter }),
  }));

describe("the cold gate under any script", () => {
  it("ends every call by its deadline, tells each to the end, and lets a warm model be used", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller, { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom(...behaviours), { maxLength: 12 }),
        async (callers, script) => {
          // After its script the model is warm.
          const answers = [...script];
          const cold: Behaviour = (asked) => (answers.shift() ?? warm(50))(asked);
          // Long after, when no circuit is open.
          const last: Caller = { from: 800_000, options: { timeoutMs: 60_000 } };
          const scene = { behaviours: { cold }, callers: [...callers, last], forMs: 900_000 };
          const { asked, ends } = await Effect.runPromise(Effect.provide(play(scene), TestClock.layer()));
          ends.forEach(({ at, events, exit }, place) => {
            const { from = 0, options } = scene.callers[place] ?? {};
            assert.isAtMost(at - from, options?.timeoutMs ?? 0);
            const of = (type: string) => events.filter((event) => event.type === type);
            assert.lengthOf(of("call-ended"), 1);
            assert.strictEqual(of("attempt-started").length, of("attempt-ended").length);
            if (exit._tag === "Success") assert.include(of("call-ended")[0], { outcome: "ok" });
          });
          const played = asked.filter(({ at }) => at < 800_000).length;
          if (played >= script.length) assert.strictEqual(ends.at(-1)?.exit._tag, "Success");
        },
      ),
      { numRuns: 300 },
    );
  });

  type Step = readonly ["ask" | "cold" | "ok" | "failed" | "leave" | "giveUp", number, number];
  const step: fc.Arbitrary<Step> = fc.tuple(
    fc.constantFrom("ask", "ask", "cold", "ok", "failed", "leave", "giveUp"),
    fc.nat(7),
    fc.constantFrom(0, 1, 100, 2_500, 40_000),
  );
  const subject = { gateway: "a", pipeline: "text-to-image", model: "m" };
  const cold = new ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 });
  const failed = new InferenceFailed({ ...subject, status: 500 });

  it("somebody asks as long as anybody waits, and only one does", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const gate = new ColdGate();
        const calls = Array.from({ length: 8 }, () => ({ stop: undefined as (() => void) | undefined, sent: false }));
        let now = 0;
        for (const [what, which, passMs] of steps) {
          now += passMs;
          const call = calls[which];
          if (call === undefined) continue;
          const go = () => {
            call.stop = undefined;
          };
          if (what === "ask" && call.stop === undefined) {
            call.sent = gate.ask(call, now) === 0;
            if (!call.sent) {
              assert.isTrue(gate.isClosedTo(call));
              call.stop = gate.wait({ call, since: now, go, giveUp: go });
            }
          } else if (what === "cold" || what === "ok" || what === "failed") {
            if (!call.sent) continue;
            call.sent = false;
            gate.ended(call, what === "ok" ? undefined : what === "cold" ? cold : failed, now);
          } else {
            call.stop?.();
            call.stop = undefined;
            call.sent = false;
            gate.left(call, what === "giveUp", now);
          }
          assert.isAtMost(calls.filter((one) => gate.isAsking(one)).length, 1);
          const asking = calls.find((one) => gate.isAsking(one));
          // Who asks does not wait, so that it can.
          assert.isUndefined(asking?.stop);
          if (calls.some(({ stop }) => stop !== undefined)) assert.isDefined(asking);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
