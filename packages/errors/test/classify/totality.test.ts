/** classify meets whatever the network sends: it always has an answer, and garbage is never a success. */
import { describe, expect, it } from "@effect/vitest";
import fc from "fast-check";
import { type Answer, classify, type Dialect, isGatewayError } from "../../src/index.ts";
import { answers } from "../bodies.ts";
import { answer, dialects, errorOf, seen } from "../wire.ts";

const headers: fc.Arbitrary<Answer["headers"]> = fc.dictionary(
  fc.oneof(fc.constantFrom("retry-after", "location", "content-type", "__proto__"), fc.string()),
  fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined), fc.nat().map(String)),
);

const words = fc.constantFrom(
  "errors",
  "error",
  "detail",
  "message",
  "msg",
  "loc",
  "params",
  "instancePath",
  "toString",
);

/** JSON in the words of error bodies, so that it reaches the code that reads them. */
const complaint = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6 },
    fc.jsonValue(),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(words, tie("node"), { maxKeys: 4 }),
    tie("node").map((nested) => JSON.stringify(nested)),
  ),
})).node;

const body = fc.oneof(
  fc.uint8Array(),
  fc.string().map((text) => new TextEncoder().encode(text)),
  complaint.map((value) => new TextEncoder().encode(JSON.stringify(value))),
);

/** What is wrong with the verdict on an answer. A reason and no `expect`, because it is asked tens of thousands of times. */
const flawOf = (dialect: Dialect, wire: Answer, secrets?: ReadonlyArray<string>): string | undefined => {
  const verdict = classify(dialect, seen(wire, secrets));
  if (verdict === "success") return Math.floor(wire.status / 100) === 2 ? undefined : `${wire.status} is a success`;
  if (!isGatewayError(verdict)) return "it is not of the family";
  if (!/^SLUICE-\d{3}-[A-Z-]+$/.test(verdict.code)) return `the code is ${verdict.code}`;
  return JSON.stringify(verdict).includes(verdict.code) ? undefined : "its JSON has no code";
};

describe("classify is total", () => {
  it("for any status, headers and body", () => {
    const secrets = fc.array(fc.string({ unit: "binary" }), { maxLength: 2 });
    const statuses = fc.integer({ min: 100, max: 999 });
    fc.assert(
      fc.property(
        fc.constantFrom(...dialects),
        statuses,
        headers,
        body,
        secrets,
        (dialect, status, head, bytes, hide) => {
          expect(flawOf(dialect, { kind: "answer", status, headers: head, body: bytes }, hide)).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it("for every known answer, cut at every byte", () => {
    const flaws = answers.flatMap((whole) =>
      dialects.flatMap((dialect) =>
        Array.from(whole.body, (_, length) => flawOf(dialect, { ...whole, body: whole.body.subarray(0, length) })),
      ),
    );
    expect(flaws.length).toBeGreaterThan(10_000);
    expect(flaws.filter((flaw) => flaw !== undefined)).toEqual([]);
  });

  it("for a known answer with a changed byte", () => {
    const flips = fc.integer({ min: 1, max: 255 });
    fc.assert(
      fc.property(
        fc.constantFrom(...dialects),
        fc.constantFrom(...answers),
        fc.nat(),
        flips,
        (dialect, whole, at, flip) => {
          const changed = whole.body.map((byte, place) => (place === at % whole.body.length ? byte ^ flip : byte));
          expect(flawOf(dialect, { ...whole, body: changed })).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it("for a field's place that cannot become text", () => {
    expect(errorOf("generic", answer(422, '{"detail":[{"loc":["body",{"toString":1}],"msg":"odd"}]}'))).toMatchObject({
      _tag: "InvalidRequest",
      fields: [{ message: "odd" }],
    });
  });

  it("for a field's place that is nested thousands deep", () => {
    const deep = `${"[".repeat(7000)}${"]".repeat(7000)}`;
    expect(errorOf("generic", answer(422, `{"detail":[{"loc":[${deep}],"msg":"odd"}]}`))).toMatchObject({
      _tag: "InvalidRequest",
      fields: [{ message: "odd" }],
    });
  });

  it("for a body of many megabytes, whose explanation stays short", () => {
    const error = errorOf("studio", answer(422, `{"errors":["${"x".repeat(8_000_000)}"]}`));
    expect(error.message.length).toBeLessThan(500);
  });
});
