import { assert, describe, it } from "vitest";
import { openWebhooks } from "../../src/alerts/Webhooks.ts";
import { makeClock } from "./clock.ts";
import { atOf, makeLog, posting, postingHeld } from "./ports.ts";
import { startReceiver } from "./receiver.ts";
import { alertOf, webhook } from "./samples.ts";
import { settle, until } from "../turns.ts";

describe("at the end of the service", () => {
  it("what is being sent is finished, and what waits behind it is sent too", async () => {
    const { requests, post, answers } = postingHeld();
    const clock = makeClock();
    const log = makeLog();
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log, ...clock, post });
    webhooks.onAlert(alertOf({ at: 1 }));
    webhooks.onAlert(alertOf({ at: 2, state: "resolved" }));
    const closed = webhooks.close();
    webhooks.onAlert(alertOf({ at: 3 }));
    for (let sent = 1; sent <= 2; sent += 1) {
      await until(() => answers.length > 0);
      answers.shift()?.();
    }
    await closed;
    assert.deepStrictEqual(requests.map(atOf), [1, 2]);
    assert.strictEqual(clock.sleepers.size, 0);
    assert.isEmpty(log.lines);
  });

  it("no later try is waited for, and what is lost is told of", async () => {
    const clock = makeClock();
    const log = makeLog();
    const { requests, post } = posting(() => 503);
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log, ...clock, post });
    for (const name of ["A", "A", "B"]) webhooks.onAlert(alertOf({ name }));
    await until(() => clock.sleepers.size === 2);
    await webhooks.close();
    assert.strictEqual(clock.sleepers.size, 0);
    assert.lengthOf(requests, 2);
    assert.deepInclude(log.lines.at(-1), { lost: 3 });
  });

  it("a receiver that stays silent is left after five seconds", async () => {
    await using receiver = await startReceiver("silent");
    const clock = makeClock();
    const log = makeLog();
    const webhooks = openWebhooks([webhook(receiver.url)], { log, ...clock });
    webhooks.onAlert(alertOf());
    await until(() => receiver.tries.length === 1);
    const closed = webhooks.close();
    await until(() => clock.sleepers.size === 1);
    assert.deepStrictEqual(clock.waits, [5_000]);
    clock.next();
    await closed;
    assert.deepInclude(log.lines.at(-1), { lost: 1 });
  });

  it("an alert that waits for its next try does not keep the process", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const log = makeLog();
    const { post } = posting(() => 503);
    const webhooks = openWebhooks([webhook("https://alerts.example")], { log, post });
    const before = timers();
    for (const name of ["A", "B", "C", "D", "E"]) webhooks.onAlert(alertOf({ name }));
    await until(() => log.lines.length === 1);
    await settle();
    assert.isBelow(timers(), before + 5);
    await webhooks.close();
    assert.deepInclude(log.lines.at(-1), { lost: 5 });
  });
});
