/** The cold gate under any script of callers and answers: everybody ends in time, and one at a time finds out. */
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { TestClock } from "effect/testing";
import { ColdGate } from "../../src/routes/ColdGate.ts";
import { ColdOrNoCapacity, ConnectionFailed, InferenceFailed } from "@sluice/errors";
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
        fc.boolean(),
        async (callers, script, inFibers) => {
          // After its script the model is warm.
          const answers = [...script];
          const cold: Behaviour = (asked) => (answers.shift() ?? warm(50))(asked);
          // Long after, when no circuit is open.
          const last: Caller = { from: 800_000, options: { timeoutMs: 60_000 } };
          const scene = { behaviours: { cold }, callers: [...callers, last], forMs: 900_000, inFibers };
          const { asked, ends } = await Effect.runPromise(Effect.provide(play(scene), TestClock.layer()));
          ends.forEach(({ at, events, exit }, place) => {
            const { from = 0, options } = scene.callers[place] ?? {};
            // The clock counts microseconds.
            assert.isAtMost(at - from, (options?.timeoutMs ?? 0) + 0.01);
            const of = (type: string) => events.filter((event) => event.type === type);
            assert.lengthOf(of("call-ended"), 1);
            assert.strictEqual(of("attempt-started").length, of("attempt-ended").length);
            if (exit._tag === "Success") assert.include(of("call-ended")[0], { outcome: "ok" });
          });
          const played = asked.filter(({ at }) => at < 800_000).length;
          if (played >= script.length) assert.strictEqual(ends.at(-1)?.exit._tag, "Success");
        },
      ),
      { numRuns: 150 },
    );
  });

  type Step = readonly ["ask" | "cold" | "ok" | "failed" | "refused" | "leave" | "wait", number, number];
  const step: fc.Arbitrary<Step> = fc.tuple(
    fc.constantFrom("ask", "ask", "ask", "ask", "cold", "cold", "cold", "ok", "failed", "refused", "leave", "wait"),
    fc.nat(2),
    fc.constantFrom(0, 0, 1, 1, 100, 475, 600, 700, 2_500, 8_000, 600_001),
  );
  const subject = { gateway: "a", pipeline: "text-to-image", model: "m" };
  const cold = new ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 });
  const errors = {
    cold,
    ok: undefined,
    failed: new InferenceFailed({ ...subject, status: 500 }),
    refused: new ConnectionFailed({ ...subject, reason: "refused", url: "http://a.example" }),
  };

  interface Request {
    readonly at: number;
    /** Whether it was sent to find out, with no other held at the time. */
    readonly alone: boolean;
  }

  it("lets one at a time find out, keeps the quiet times, and tells each waiter once", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const gate = new ColdGate();
        const calls = Array.from({ length: 3 }, () => ({
          request: undefined as Request | undefined,
          stop: undefined as (() => void) | undefined,
          told: 0,
        }));
        let now = 0;
        let answeredAt = -Infinity;
        let quiet: { readonly by: object; readonly until: number } | undefined;
        let found = 0;
        const finders = new Set<object>();
        const odd = new Set<object>();
        const stoodIn = new Set<object>();
        const mayStandIn = (other: object) => !finders.has(other) && !stoodIn.has(other) && !odd.has(other);
        const keepQuiet = (by: object) => {
          quiet = { by, until: now + Math.min(475 * 1.35 ** found, 8_000) };
        };
        const under = () => calls.flatMap(({ request }) => request ?? []);
        for (const [what, which, passMs] of steps) {
          now += passMs;
          const asking = calls.filter(({ request }) => request !== undefined);
          const among = what in errors && asking.length > 0 ? asking : calls;
          const call = among[which % among.length] ?? assert.fail("there are three");
          if (what === "ask") {
            if (call.request !== undefined) continue;
            const wasCold = gate.isCold;
            call.stop?.();
            call.stop = undefined;
            const waiting = calls.filter(({ stop }) => stop !== undefined);
            const admission = gate.ask(call, now);
            const finding = under().some(({ at, alone }) => alone && now - at < 2_500);
            const isQuiet = quiet !== undefined && quiet.by !== call && now < quiet.until;
            if (admission === "go") {
              const mayReplace = finders.has(call) && waiting.some(mayStandIn);
              if (wasCold && mayReplace) assert.isTrue(under().some(({ alone }) => alone));
              const known = !wasCold && now - answeredAt <= 600_000;
              if (!known) assert.isFalse(finding);
              if (wasCold) assert.isFalse(isQuiet);
              call.request = { at: now, alone: !known && under().every(({ alone }) => !alone) };
              continue;
            }
            const replaced = waiting.filter(({ stop }) => stop === undefined);
            if (replaced.length > 0) {
              // Who has found it out lets one that has not ask, and hears of it.
              const [next = assert.fail("it is one")] = replaced;
              assert.lengthOf(replaced, 1);
              assert.isTrue(finders.has(call) && mayStandIn(next) && !finding && !isQuiet);
              stoodIn.add(next);
              assert.deepStrictEqual(admission, { waitMs: 2_500 });
              quiet = { by: next, until: quiet?.until ?? now };
              assert.strictEqual(gate.ask(next, now), "go");
              next.request = { at: now, alone: under().every(({ alone }) => !alone) };
              continue;
            }
            // Nobody is refused, or made to wait, without a reason that passes.
            assert.isTrue(finding || isQuiet);
            if ("error" in admission) assert.strictEqual(admission.error, cold);
            else assert.isTrue(!wasCold && admission.waitMs > 0 && admission.waitMs <= 2_500);
          } else if (what === "wait") {
            if (call.request !== undefined) continue;
            call.stop?.();
            call.told = 0;
            const stop = gate.wait({
              call,
              go: (afterMs) => {
                assert.isTrue(afterMs >= 0 && afterMs <= 50 * 2);
                assert.isDefined(call.stop);
                call.told += 1;
                assert.strictEqual(call.told, 1);
                call.stop = undefined;
              },
            });
            call.stop = stop;
          } else if (what === "leave") {
            call.stop?.();
            call.stop = undefined;
            call.request = undefined;
            gate.left(call);
            finders.delete(call);
            stoodIn.delete(call);
            if (quiet?.by === call) quiet = undefined;
          } else {
            if (call.request === undefined) continue;
            const { at } = call.request;
            call.request = undefined;
            const wasCold = gate.isCold;
            const isKnown = gate.ended(call, errors[what], now, at);
            if (what === "cold") {
              // What the model says to one alone, having answered others since, is no news of it.
              const isOwn = odd.has(call) || at < answeredAt;
              if (isOwn) assert.strictEqual(gate.isCold, wasCold);
              else assert.isTrue(gate.isCold);
              if (isOwn || isKnown) continue;
              keepQuiet(call);
              found += 1;
              finders.add(call);
            } else if (what === "refused" && wasCold) {
              assert.isTrue(gate.isCold);
              keepQuiet(call);
            } else {
              // Any answer is news for all who wait.
              assert.isFalse(gate.isCold);
              assert.isTrue(calls.every(({ stop }) => stop === undefined));
              answeredAt = now;
              for (const finder of finders) if (finder !== call) odd.add(finder);
              finders.clear();
              stoodIn.clear();
              quiet = undefined;
              found = 0;
            }
          }
        }
        // A while later, the model can be asked again by anybody.
        assert.strictEqual(gate.ask({}, now + 8_000), "go");
      }),
      { numRuns: 15_000 },
    );
  });
});
