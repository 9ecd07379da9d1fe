import { InvalidRequest } from "@sluice/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callRecord, type CallRecord, logCalls } from "../../src/export/callRecord.ts";
import type { CallEnded, CallEvent } from "../../src/index.ts";
import { anyStory, cost, story } from "../story.ts";

const ended: CallEnded = story[7];

const failedWith = (outcome: string, statuses: ReadonlyArray<number | null>): CallEnded => {
  const { cost: _, ...rest } = ended;
  return { ...rest, outcome, statuses, attempts: statuses.length, coldStart: false, waitedMs: 0 };
};

/** What pino writes: its own time and level, and no record that `JSON.stringify` does not take. */
const linesOf = (events: ReadonlyArray<CallEvent>): ReadonlyArray<string> => {
  const lines: Array<string> = [];
  const onEvent = logCalls(({ level, msg, ...fields }) => {
    lines.push(JSON.stringify({ level: { info: 30, warn: 40, error: 50 }[level], ...fields, msg }));
  });
  for (const event of events) onEvent(event);
  return lines;
};

describe("the record of a call", () => {
  it("tells how it went, and what it cost to the last digit", () => {
    expect(callRecord(ended)).toEqual({
      time: 1_795_000_000_000,
      level: "info",
      msg: "call",
      requestId: "req_1",
      gateway: "livepeer-studio",
      pipeline: "text-to-image",
      model: "SG161222/RealVisXL_V4.0_Lightning",
      outcome: "ok",
      class: "ok",
      status: 200,
      statuses: [503, 200],
      attempts: 2,
      ms: 44_400,
      waitedMs: 41_500,
      coldStart: true,
      costUsd: "0.019922944",
      units: "1048576",
      unit: "pixel",
      charges: "usage",
    });
  });

  it("of a call that failed has no cost; of one that was never sent, no status", () => {
    const aborted = callRecord(failedWith("SLUICE-499-ABORTED", []));
    expect(aborted).not.toHaveProperty("costUsd");
    expect(aborted).not.toHaveProperty("status");
    expect(callRecord(failedWith("SLUICE-503-CLOSED", [503, null]))).toHaveProperty("status", null);
  });

  it.each([
    ["ok", "ok", "info"],
    ["SLUICE-503-COLD", "unavailable", "warn"],
    ["SLUICE-504-DEADLINE", "unavailable", "warn"],
    ["SLUICE-429-RATE-LIMITED", "rate-limited", "warn"],
    ["SLUICE-401-UNAUTHORIZED", "refused", "warn"],
    ["SLUICE-500-INFERENCE", "server-error", "error"],
    ["SLUICE-499-ABORTED", "caller", "info"],
  ])("%s is of class %s and of level %s", (outcome, outcomeClass, level) => {
    expect(callRecord(failedWith(outcome, [500]))).toMatchObject({ outcome, class: outcomeClass, level });
  });

  it("tells an unknown price from none, and from one that the caller does not pay", () => {
    const paidWith = (own: Partial<typeof cost>) => callRecord({ ...ended, cost: { ...cost, ...own } });
    expect(paidWith({ usd: "unknown", units: "unknown" })).toMatchObject({ costUsd: "unknown", units: "unknown" });
    expect(paidWith({ charges: "nothing" })).toMatchObject({ costUsd: "0", units: "1048576", charges: "nothing" });
    expect(paidWith({ units: 2n ** 80n }).units).toBe("1208925819614629174706176");
  });

  it("is written once for each call that ends, whatever else happens, and survives JSON as it is", () => {
    fc.assert(
      fc.property(anyStory("req_1"), anyStory("req_2"), (one, other) => {
        const records: Array<CallRecord> = [];
        for (const event of [...one, ...other, ...story]) logCalls((record) => records.push(record))(event);
        expect(records.map(({ requestId }) => requestId)).toEqual(["req_1", "req_2", "req_1"]);
        expect(JSON.parse(JSON.stringify(records))).toEqual(records);
      }),
    );
  });
});

describe("names in the record", () => {
  it.each([
    ["https://alice:hunter2@gateway.example:8935/v1?key=hunter2#hunter2", "https://gateway.example:8935"],
    ["https://gateway.example/t/hunter2", "https://gateway.example"],
    ["HTTP://GATEWAY.example/hunter2", "http://gateway.example"],
    ["https://[hunter2", "other"],
    ["alice:hunter2@gateway.example", "other"],
    ["gateway?key=hunter2", "other"],
    ["file:///home/hunter2", "other"],
    ["", "other"],
    ["x".repeat(65), "other"],
    ["mein-gateway_2.zürich", "mein-gateway_2.zürich"],
  ])("a gateway called %s is %s", (gateway, told) => {
    expect(callRecord({ ...ended, gateway }).gateway).toBe(told);
  });

  it("a model's is one line, and no longer than it may be", () => {
    const model = (text: string) => callRecord({ ...ended, model: text }).model;
    expect(model('a\n{"level":60}\u001b[31m\u2028\u202eb\u0000')).toBe('a{"level":60}[31mb');
    expect(model("m".repeat(128))).toBe("m".repeat(128));
    expect(model("🦊".repeat(1_000))).toBe(`${"🦊".repeat(127)}…`);
  });

  it("of any text, end in a line that holds no control character and no more than 1 kB", () => {
    const names = fc.record({ gateway: fc.string(), pipeline: fc.string(), model: fc.string({ unit: "binary" }) });
    fc.assert(
      fc.property(names, (own) => {
        const [line = ""] = linesOf([{ ...ended, ...own }]);
        expect(line).not.toMatch(/\p{Cc}/u);
        expect(line.length).toBeLessThan(1_024);
      }),
    );
  });
});

it("no prompt and no key leaves a trace in a record, plain or encoded, wherever an event holds it", () => {
  const canary = "canary-7c1d0e5f+/=";
  const prompt = "a canary in a coal mine";
  for (const secret of [canary, prompt]) {
    const path = "prompt";
    const warning = { rule: "prompt-split", severity: "warn", path, message: secret, fix: secret } as const;
    const asked = {
      gateway: `https://user:${encodeURIComponent(secret)}@gateway.example/${secret}?key=${secret}`,
      pipeline: secret,
      origin: `https://gateway.example/${secret}`,
    };
    const fields = [{ path, message: secret, sent: secret }];
    const reason = new InvalidRequest({ gateway: secret, pipeline: secret, status: 422, fields });
    const rate = { label: secret, source: secret, asOf: secret };
    const paid = { ...cost, usd: secret, unit: secret as never, rate };
    const events = story.map((event): CallEvent => ({ ...event, ...asked, requestId: secret }));
    const lines = linesOf([
      ...events,
      { ...story[0], ...asked, warnings: [warning], cost: paid },
      { ...story[1], ...asked, traceparent: secret },
      { ...story[3], ...asked, reason },
      { ...ended, ...asked, cost: paid },
      { ...ended, ...asked, outcome: secret, requestId: secret },
    ]).join("\n");
    expect(lines.split("\n")).toHaveLength(3);
    const base64 = btoa(secret).replace(/=+$/, "");
    for (const form of [secret, encodeURIComponent(secret), base64, btoa(`user:${secret}`).slice(0, -4)]) {
      expect(lines).not.toContain(form);
    }
  }
});
