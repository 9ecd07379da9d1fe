/** Token streams: go-livepeer's end with a `finish_reason` and without `[DONE]`; whatever ends before has lost its rest. */
import { describe, expect, it } from "@effect/vitest";
import { classify, EventStream } from "../../src/index.ts";
import { image, stream, tokens } from "../bodies.ts";
import { answer, bytesOf, dialects, key, seen, sse } from "../wire.ts";
import { factsOf, inferenceFailed, malformed, outcomeUnknown, rateLimited, truncated } from "./facts.ts";
import { check, row } from "./table.ts";

const event = (data: string): string => `data: ${data}\n\n`;
const said = (text: string, finish = "null"): string =>
  event(`{"choices":[{"index":0,"delta":{"content":${JSON.stringify(text)}},"finish_reason":${finish}}]}`);
const done = event("[DONE]");

check("a whole stream", [
  row("go-livepeer's", sse(stream), "success"),
  row("go-livepeer's, without its last line breaks", sse(stream.trimEnd()), "success"),
  row("OpenAI's, which ends with [DONE]", sse(`${said("Hel")}${said("lo")}${said("", '"stop"')}${done}`), "success"),
  row("one that ends with [DONE] alone", sse(`${said("Hello")}${done}`), "success"),
  row("one that ran into its limit", sse(`${said("Hel")}${said("lo", '"length"')}`), "success"),
  row("one with CRLF", sse(stream.replaceAll("\n", "\r\n")), "success"),
  row("one with CR", sse(stream.replaceAll("\n", "\r")), "success"),
  row("one without a space after the colon", sse(stream.replaceAll("data: ", "data:")), "success"),
  row("one with [DONE] without a space after the colon", sse(`${said("a")}data:[DONE]\n\n`), "success"),
  row("one with comments, names and ids", sse(`: keep-alive\n\nevent: token\nid: 7\nretry: 5\n${stream}`), "success"),
  row("one after a byte order mark", sse(`\ufeff${stream}`), "success"),
  row(
    "one whose last text has a line separator, which is no line break",
    sse(said("\u2028a\u2029", '"stop"')),
    "success",
  ),
  row(
    "one with usage after its end",
    sse(`${stream}${event('{"choices":[],"usage":{"total_tokens":14}}')}`),
    "success",
  ),
  row("one that says that there is no error", sse(`${event('{"error":null}')}${stream}`), "success"),
  row("one of several choices", sse(event('{"choices":[null,{"delta":{}},{"finish_reason":"stop"}]}')), "success"),
  row(
    "one with a label in capitals",
    answer(200, stream, { "content-type": " Text/Event-Stream; charset=utf-8" }),
    "success",
  ),
  row("one with its label in a list", answer(200, stream, { "content-type": ["text/event-stream"] }), "success"),
  row("one with 201", sse(stream, 201), "success"),
]);

check("a stream that ends too early", [
  row("before it began", sse(""), truncated(0)),
  row("after a comment", sse(": keep-alive\n\n"), truncated(0)),
  row("after empty text", sse(said("")), truncated(0)),
  row("after a piece of text", sse(said("Hel")), truncated(1)),
  row("after a finish_reason that is empty", sse(said("Hel", '""')), truncated(1)),
  row("after a finish_reason that is no text", sse(said("Hel", "true")), truncated(1)),
  row("in the middle of [DONE]", sse(`${said("Hel")}data: [DONE`), truncated(1)),
  row("after [DONE] as something else", sse(`${said("Hel")}event: [DONE]\nx data: [DONE]\n\n`), truncated(1)),
  row(
    "after text of two choices",
    sse(event('{"choices":[{"delta":{"content":"a"}},{"delta":{"content":"b"}}]}')),
    truncated(2),
  ),
  row(
    "after chunks without text",
    sse(
      [
        '{"choices":7}',
        '{"choices":[{"delta":7},{"delta":{"content":null,"role":"assistant"}},7]}',
        "[]",
        "null",
        "7",
        "{",
      ]
        .map(event)
        .join(""),
    ),
    truncated(0),
  ),
  row(
    "after chunks of another kind than text",
    sse(
      [
        '{"choices":[{"delta":{"reasoning_content":"hm"}}]}',
        '{"choices":[{"text":"Hel"}]}',
        '{"choices":[{"delta":{}}]}',
      ]
        .map(event)
        .join(""),
    ),
    truncated(2),
  ),
  row("and is no stream of events at all", sse("<html></html>"), truncated(0)),
  row("and is JSON, although it is labelled as events", sse(image), truncated(0)),
]);

check("a stream that tells of a failure", [
  row("as go-livepeer's runner does", sse(event('{"error":"CUDA out of memory"}')), truncated(0, "CUDA out of memory")),
  row("in go-livepeer's own form", sse(event('{"error":{"message":"boom"}}')), truncated(0, "boom")),
  row("after some text", sse(`${said("Hel")}${event('{"error":"boom"}')}`), truncated(1, "boom")),
  row("and goes on", sse(`${event('{"error":"boom"}')}${said("Hel")}`), truncated(1, "boom")),
  row("and then is done", sse(`${said("Hel")}${event('{"error":"boom"}')}${done}`), truncated(1, "boom")),
  row("twice: the last one counts", sse(`${event('{"error":"one"}')}${event('{"error":"two"}')}`), truncated(0, "two")),
  row("in a form that nobody knows", sse(`${event('{"error":{"code":5}}')}${done}`), truncated(0)),
  row("with the key", sse(event(`{"error":"no token ${key} found"}`)), truncated(0, "no token <redacted> found")),
]);

check("events that are not what decides", [
  row(
    "a failure's status",
    sse(stream, 500),
    inferenceFailed(500, stream.slice(0, 600).replace(/\s+/g, " ").slice(0, 300) + "…"),
  ),
  row("a limit's status", sse("", 429), rateLimited()),
  row(
    "another label",
    answer(200, said("a", '"stop"'), { "content-type": "text/plain" }),
    malformed(200, "the body is not JSON", said("a", '"stop"').trim()),
  ),
  row("a label that begins alike", answer(200, image, { "content-type": "text/event-streaming" }), "success"),
  row(
    "a label that holds it",
    answer(200, image, { "content-type": "application/json; not=text/event-stream" }),
    "success",
  ),
]);

describe.each(dialects)("go-livepeer's stream cut at every byte, as %s", (dialect) => {
  const whole = bytesOf(stream);
  /** Where each chunk is whole: at the end of its JSON, before its two line breaks. */
  const ends = tokens.chunks.map((_, index) => bytesOf(tokens.chunks.slice(0, index + 1).join("")).length - 2);
  const end = ends.at(-1) ?? 0;
  const deliveredAt = (length: number): number => ends.slice(0, tokens.pieces).filter((at) => at <= length).length;

  it("is truncated until its last chunk is whole, and counts the pieces that came", () => {
    for (let length = 0; length < end; length++) {
      const wire = { ...sse(stream), body: whole.subarray(0, length) };
      expect(factsOf(classify(dialect, seen(wire, [])))).toEqual(truncated(deliveredAt(length)));
    }
    expect(deliveredAt(end - 1)).toBe(2);
  });

  it("is whole from then on", () => {
    for (let length = end; length <= whole.length; length++) {
      const wire = { ...sse(stream), body: whole.subarray(0, length) };
      expect(classify(dialect, seen(wire, []))).toBe("success");
    }
  });

  it("is truncated when its connection broke, too", () => {
    const { headers } = sse("");
    for (let length = 0; length < end; length += 7) {
      const wire = { kind: "cut", status: 200, headers, body: whole.subarray(0, length) } as const;
      expect(factsOf(classify(dialect, seen(wire, [])))).toEqual(truncated(deliveredAt(length)));
    }
  });
});

check("a stream whose connection broke", [
  row(
    "before anything of it came",
    { kind: "cut", status: 200, headers: { "content-type": "text/event-stream" } },
    truncated(0),
  ),
  row(
    "after it was finished",
    { kind: "cut", status: 200, headers: { "content-type": "text/event-stream" }, body: bytesOf(stream) },
    "success",
  ),
  row(
    "after chunks of a shape that nobody knows, which may have been text",
    {
      kind: "cut",
      status: 200,
      headers: { "content-type": "text/event-stream" },
      body: bytesOf(event('{"token":"a"}') + event('{"token":"b"}')),
    },
    truncated(2),
  ),
  row("of which nothing is known but its status", { kind: "cut", status: 200 }, outcomeUnknown(200)),
  row(
    "of which the label is not known",
    { kind: "cut", status: 200, headers: {}, body: bytesOf(stream) },
    outcomeUnknown(200),
  ),
]);

describe("a stream that ended too early", () => {
  const messageOf = (body: string): string => {
    const verdict = classify("go-livepeer", seen(sse(body)));
    return verdict === "success" ? verdict : verdict.message;
  };

  it.each([
    ["", "after 0 pieces of text."],
    [said("a"), "after 1 piece of text."],
    [`${said("a")}${said("b")}`, "after 2 pieces of text."],
    [event('{"error":"boom"}'), "after 0 pieces of text: boom."],
  ])("says how much of it came", (body, ending) => {
    expect(messageOf(body)).toBe(`The text-to-image stream of my-gateway ended before it was finished, ${ending}`);
  });
});

describe("a line that comes in many pieces", () => {
  const whole = bytesOf(said("Hel") + said("lo", '"stop"'));
  const read = (text: Uint8Array, size: number) => {
    const chunks: Array<unknown> = [];
    const events = new EventStream((chunk) => chunks.push(chunk));
    for (let at = 0; at < text.length; at += size) events.push(text.subarray(at, at + size));
    events.end();
    return { chunks, state: events.state };
  };

  it.each(["\n", "\r", "\r\n"])("is read as if it came at once, whatever its end: %j", (end) => {
    const text = bytesOf(new TextDecoder().decode(whole).replaceAll("\n", end));
    for (let size = 1; size <= text.length; size++) expect(read(text, size)).toEqual(read(whole, whole.length));
    expect(read(text, 1).chunks).toHaveLength(2);
  });

  it("is told as soon as it ends, also with CR alone", () => {
    const events = new EventStream();
    events.push(bytesOf("data: [DONE]\r"));
    expect(events.state.finished).toBe(true);
    events.push(bytesOf("\n\r\ndata: {}\n"));
    expect(events.state).toEqual({ finished: true, delivered: 1 });
  });

  it("is read in a time that grows with its length alone", () => {
    /** How long a line takes that comes in pieces of 16 bytes, in milliseconds. */
    const time = (pieces: number): number => {
      const events = new EventStream();
      const piece = bytesOf("x".repeat(16));
      const began = performance.now();
      for (let count = 0; count < pieces; count++) events.push(piece);
      return performance.now() - began;
    };
    time(1_000);
    // To read all that came before with each piece is to read 30 GB.
    expect(time(60_000)).toBeLessThan(2_000);
  });

  it("may have 1 MiB, and is dropped beyond, which breaks the stream", () => {
    const longest = 1_048_576;
    const line = (length: number): Uint8Array =>
      bytesOf(`${said("a").trimEnd().padEnd(length)}\n\n${said("b", '"stop"')}`);
    expect(read(line(longest), 10_000).state).toEqual({ finished: true, delivered: 2 });
    const error = "it has a line of more than 1 MiB";
    for (const size of [10_000, 4_000_000]) {
      expect(read(line(longest + 1), size).state).toEqual({ finished: true, delivered: 1, error });
    }
    expect(factsOf(classify("go-livepeer", seen({ ...sse(""), body: line(longest + 1) }, [])))).toEqual(
      truncated(1, error),
    );
  });
});
