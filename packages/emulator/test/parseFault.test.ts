/** Faults as texts, as the command line and a request's header name them. */
import { type Fault, faultKinds, parseFault } from "@sluice/emulator";
import { assert, describe, it } from "vitest";

describe("a fault as a text", () => {
  it("may be any kind", () => {
    for (const kind of faultKinds) assert.deepStrictEqual(parseFault(kind), { kind });
  });

  const table: ReadonlyArray<readonly [string, Fault]> = [
    ["unavailable:10%", { kind: "unavailable", rate: 0.1 }],
    ["unavailable:0.5%", { kind: "unavailable", rate: 0.005 }],
    ["unavailable:100%", { kind: "unavailable", rate: 1 }],
    ["closed:x2", { kind: "closed", times: 2 }],
    ["internal:x0", { kind: "internal", times: 0 }],
    ["slow-first-token:5s", { kind: "slow-first-token", ms: 5_000 }],
    ["slow-tokens:300ms", { kind: "slow-tokens", ms: 300 }],
    ["unavailable:1.5m", { kind: "unavailable", ms: 90_000 }],
    ["stream-truncated:4tokens", { kind: "stream-truncated", tokens: 4 }],
    ["stream-reset:1token", { kind: "stream-reset", tokens: 1 }],
    ["oversized:10GB", { kind: "oversized", bytes: 10_000_000_000 }],
    ["oversized:1.5MB", { kind: "oversized", bytes: 1_500_000 }],
    ["oversized:2kB", { kind: "oversized", bytes: 2_000 }],
    ["oversized:70B", { kind: "oversized", bytes: 70 }],
    ["rate-limited:retry-after=17", { kind: "rate-limited", retryAfter: "17" }],
    [
      "rate-limited:x1:50%:retry-after=soon:2s",
      { kind: "rate-limited", times: 1, rate: 0.5, retryAfter: "soon", ms: 2_000 },
    ],
    ["closed:from=40m:until=50.5m", { kind: "closed", fromMs: 2_400_000, untilMs: 3_030_000 }],
    ["bad-gateway:in-front:x1", { kind: "bad-gateway", inFront: true, times: 1 }],
    ["G6", { kind: "stream-truncated" }],
    ["G8", { kind: "bad-request" }],
    ["G9:x1", { kind: "internal", times: 1 }],
    ["G10", { kind: "unavailable" }],
    ["G11", { kind: "closed" }],
    ["G12", { kind: "no-result" }],
    ["G17", { kind: "retired" }],
    ["G18", { kind: "unavailable", ms: 2_000 }],
    ["G18:1s", { kind: "unavailable", ms: 1_000 }],
  ];
  for (const [text, fault] of table) {
    it(`may be ${text}`, () => {
      assert.deepStrictEqual(parseFault(text), fault);
    });
  }

  for (const text of ["", "Unavailable", "toString", "G1", "g9", " closed", "503"]) {
    it(`is none when it is "${text}", and says what there is`, () => {
      assert.throws(
        () => parseFault(text),
        `"${text}" is not a fault; choose one of unavailable, internal, bad-request,`,
      );
      assert.throws(() => parseFault(text), `${faultKinds.at(-1)}, G6, G8, G9,`);
    });
  }

  for (const amount of [
    "101%",
    "x",
    "x-1",
    "x1.5",
    "-1s",
    "5h",
    "5",
    "",
    "4 tokens",
    "tokens",
    "10gb",
    "retry-after=",
    "from=5",
    "since=5s",
    "retry-after",
  ]) {
    it(`is none when it is told "${amount}"`, () => {
      assert.throws(() => parseFault(`closed:${amount}`), `"${amount}" is none of a share such as 10%, `);
    });
  }
});
