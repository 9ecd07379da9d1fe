/** Bodies in no gateway's dialect: whatever explains a failure is found, and nothing else is made up. */
import { describe, expect, it } from "@effect/vitest";
import { classify } from "../../src/index.ts";
import { png } from "../bodies.ts";
import { answer, dialects, errorOf, seen } from "../wire.ts";
import {
  factsOf,
  forbidden,
  inferenceFailed,
  invalid,
  malformed,
  notOffered,
  paymentRequired,
  rateLimited,
  tooLarge,
  unauthorized,
  unsupported,
} from "./facts.ts";
import { check, row } from "./table.ts";

const problem =
  '{"type":"https://example.com/probs/seed","title":"Your seed is odd.","status":400,"detail":"Seeds are even here."}';
const payment =
  '{"payment_params":"AAEC","orchestrator":"0xabc","manifest_id":"m1","payment_url":"https://orch:8935/pay"}';

check("an answer in another shape", [
  row(
    "problem+json",
    answer(400, problem, { "content-type": "application/problem+json" }),
    invalid(400, ["", "Seeds are even here."]),
  ),
  row(
    "problem+json with a title alone",
    answer(403, '{"type":"about:blank","title":"Forbidden"}'),
    forbidden({ detail: "Forbidden" }),
  ),
  row(
    "OpenAI's envelope",
    answer(400, '{"error":{"message":"too long","type":"invalid_request_error","param":"prompt","code":null}}'),
    invalid(400, ["prompt", "too long"]),
  ),
  row(
    "Sluice's own problem",
    answer(422, '{"title":"InvalidRequest","errors":[{"path":"width","message":"must be a multiple of 8"}]}'),
    invalid(422, ["width", "must be a multiple of 8"]),
  ),
  row("Livepeer's documented 401", answer(401, '{"error":"Unauthorized","message":"Invalid API key"}'), unauthorized()),
  row("a live runner that wants to be paid", answer(402, payment), paymentRequired(payment)),
  row("an empty account", answer(402, '{"error":{"message":"no credit"}}'), paymentRequired("no credit")),
  row(
    "AWS's API gateway",
    answer(403, '{"message":"Missing Authentication Token"}'),
    forbidden({ detail: "Missing Authentication Token" }),
  ),
  row("FastAPI's plain detail", answer(500, '{"detail":"boom"}'), inferenceFailed(500, "boom")),
  row("a large body", answer(413, '{"msg":"10 MiB at most"}'), tooLarge(413, "10 MiB at most")),
  row("a format", answer(415, '{"reason":"no WebP"}'), unsupported(415, "no WebP")),
  row("a signer's 481", answer(481, "price over cap\n"), invalid(481, ["", "price over cap"])),
  row("text", answer(500, "out of memory\n", { "content-type": "text/plain" }), inferenceFailed(500, "out of memory")),
  row("words where the status says it all", answer(404, '{"error":"nothing here"}'), notOffered),
  row("a limit in words", answer(429, '{"error":"slow down"}'), rateLimited()),
]);

describe.each(dialects)("an explanation, as %s", (dialect) => {
  const detailOf = (body: string | Uint8Array): unknown =>
    (factsOf(errorOf(dialect, answer(500, body))) as Record<string, unknown>)["detail"];

  it.each(["errors", "error", "detail", "message", "msg", "reason", "title"])(
    "is found under %j, however it is wrapped",
    (name) => {
      const shapes = [
        "no entry",
        ["no entry"],
        { message: "no entry" },
        { msg: "no entry" },
        [{ message: "no entry" }],
        [null, { msg: "no entry" }],
      ];
      for (const shape of shapes) expect(detailOf(JSON.stringify({ id: 7, [name]: shape }))).toBe("no entry");
    },
  );

  it.each([
    ['{"title":"t","reason":"r","msg":"m","message":"w","detail":"d","error":"e","errors":["s"]}', "s"],
    ['{"title":"t","reason":"r","msg":"m","message":"w","detail":"d","error":"e","errors":null}', "e"],
    ['{"title":"t","reason":"r","msg":"m","message":"w","detail":"d"}', "d"],
    ['{"title":"t","reason":"r","msg":"m","message":"w"}', "w"],
    ['{"title":"t","reason":"r","msg":"m"}', "m"],
    ['{"title":"t","reason":"r"}', "r"],
  ])("is the one that gateways use, of several: %s", (body, said) => {
    expect(detailOf(body)).toBe(said);
  });

  it.each([
    "",
    "{}",
    "[]",
    "[[]]",
    "42",
    "true",
    "null",
    '""',
    '{"errors":[]}',
    '{"errors":[null,7]}',
    '{"error":{"code":5}}',
    '{"msg":1}',
    " \r\n\t",
  ])("is absent from %j", (body) => {
    expect(detailOf(body)).toBeUndefined();
  });

  it.each([
    ["a list of texts", '["one","two"]', "one; two"],
    ["a list of objects", '[{"message":"one"},{"msg":"two"},{"code":3}]', "one; two"],
    ["a text as JSON", '"no entry"', "no entry"],
    ["several", '{"errors":["one","two"]}', "one; two"],
    ["an object of an unknown shape", '{"code":5,"why":"odd"}', '{"code":5,"why":"odd"}'],
    ["broken JSON", '{"errors":["one', '{"errors":["one'],
    ["a text that begins like an object", "{ odd", "{ odd"],
  ])("may be %s", (_, body, said) => {
    expect(detailOf(body)).toBe(said);
  });

  it("is one line of at most 300 characters, and shows where it was cut", () => {
    expect(detailOf(JSON.stringify({ errors: [`a\n\tb ${"x".repeat(1000)}`] }))).toBe(`a b ${"x".repeat(296)}…`);
    expect(detailOf("y".repeat(300))).toBe("y".repeat(300));
    expect(detailOf("y".repeat(301))).toBe(`${"y".repeat(300)}…`);
  });

  it("holds nothing that a terminal would obey", () => {
    expect(detailOf("\u001b[2J\u0007 gone \u0000\u009b31m")).toBe("[2J gone 31m");
  });

  it("is read from the first 16 KiB", () => {
    const late = (length: number): string => `{"pad":"${" ".repeat(length - 23)}","msg":"late"}`;
    expect(late(16_384)).toHaveLength(16_384);
    expect(detailOf(late(16_384))).toBe("late");
    expect(detailOf(late(16_385))).toBe('{"pad":" ","msg":"late"');
  });

  it("stays short, however long the body is", () => {
    const error = errorOf(dialect, answer(422, `{"errors":["${"x".repeat(8_000_000)}"]}`));
    expect(error.message.length).toBeLessThan(500);
  });

  it("of bytes that are no text is what can be read of them", () => {
    expect(detailOf(png)).toBe("\ufffdPNG IHDR");
  });
});

describe.each(dialects)("JSON that is nested 10 000 levels deep, as %s", (dialect) => {
  const objects = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}${" ".repeat(40_000)}`;
  const lists = `${"[".repeat(10_000)}${"]".repeat(10_000)}${" ".repeat(80_000)}`;

  it("explains nothing", () => {
    expect(factsOf(errorOf(dialect, answer(400, objects)))).toEqual(invalid(400, ["", `${'{"a":'.repeat(60)}…`]));
    expect(factsOf(errorOf(dialect, answer(400, lists)))).toEqual(invalid(400, ["", `${"[".repeat(300)}…`]));
    expect(factsOf(errorOf(dialect, answer(400, `{"error":${"[".repeat(5000)}${"]".repeat(5000)}}`)))).toEqual(
      invalid(400),
    );
  });

  it("may be an answer, if it is an object", () => {
    expect(objects.length).toBeGreaterThan(100_000);
    expect(classify(dialect, seen(answer(200, objects)))).toBe("success");
    expect(factsOf(errorOf(dialect, answer(200, lists)))).toEqual(
      malformed(200, "the body is JSON, but not an object", "[".repeat(200)),
    );
  });
});

describe("an explanation of very many complaints", () => {
  it("keeps the first twenty", () => {
    const complaints = Array.from({ length: 50 }, (_, index) => `mistake ${index + 1}`);
    const error = errorOf("generic", answer(422, JSON.stringify({ errors: complaints })));
    expect(error).toMatchObject({ fields: complaints.slice(0, 20).map((message) => ({ path: "", message })) });
  });
});
