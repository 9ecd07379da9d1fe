/** No usable answer: what may have happened, and what the transport said of it. */
import { describe, expect, it } from "@effect/vitest";
import { type ConnectionReason, FileNotWritten, isGatewayError } from "../../src/index.ts";
import { bytesOf, breaksBy, dialects, errorIn, errorOf, key, seen, subject, url } from "../wire.ts";
import {
  closed,
  factsOf,
  inferenceFailed,
  malformed,
  outcomeUnknown,
  rateLimited,
  unauthorized,
  unavailable,
  unreached,
  waiting,
} from "./facts.ts";
import { check, others, row } from "./table.ts";

const reasons: ReadonlyArray<readonly [ConnectionReason, string]> = [
  ["refused", "nothing listens there (connection refused)"],
  ["dns", "its host name cannot be resolved"],
  ["tls", "its TLS certificate or handshake was not acceptable"],
  ["timeout", "no connection was made in time"],
  ["unreachable", "the connection broke before the request was sent"],
  ["incomplete", "the whole request did not arrive in time (HTTP 408)"],
  ["proxy-auth", "the proxy on the way wants credentials (HTTP 407)"],
];

check("no usable answer", [
  ...reasons.map(([reason]) =>
    row(`a request that was not sent: ${reason}`, { kind: "unsent", reason }, unreached(reason)),
  ),
  row("F2: a go-livepeer gateway closes where it should say 503", { kind: "closed" }, closed, ["go-livepeer"]),
  row("F2: a connection that closes without a byte", { kind: "closed" }, outcomeUnknown(null), others("go-livepeer")),
  row("an answer that breaks off", { kind: "cut", status: 200 }, outcomeUnknown(200)),
  row(
    "an answer that breaks off, with what came of it",
    { kind: "cut", status: 200, headers: { "content-type": "application/json" }, body: bytesOf('{"images":[') },
    outcomeUnknown(200),
  ),
  // The status had said what it is.
  row("a 503 that breaks off", { kind: "cut", status: 503 }, unavailable()),
  row(
    "a 429 that breaks off after its head",
    { kind: "cut", status: 429, headers: { "retry-after": "2" }, body: bytesOf('{"errors":["Too') },
    rateLimited(waiting(2_000)),
  ),
  row("a 401 that breaks off", { kind: "cut", status: 401 }, unauthorized()),
  row("a 500 that breaks off", { kind: "cut", status: 500 }, inferenceFailed(500)),
  row(
    "something that is not HTTP",
    { kind: "unreadable", status: null, reason: "it is not HTTP" },
    malformed(null, "it is not HTTP"),
  ),
  row(
    "more than is taken",
    { kind: "unreadable", status: 200, reason: "it is over 64 MiB" },
    malformed(200, "it is over 64 MiB"),
  ),
  row(
    "a failure that cannot be read",
    { kind: "unreadable", status: 502, reason: "it is odd" },
    malformed(502, "it is odd"),
  ),
]);

describe("more than is taken", () => {
  const wire = { kind: "unreadable", status: 200, reason: "its answer is longer than 9 bytes", limitBytes: 9 } as const;
  const download = { ...seen(wire), subject: { gateway: "my-gateway", pipeline: "download" } };

  it("of a download says how to take more", () => {
    expect(errorIn("generic", download)).toMatchObject({
      _tag: "MalformedResponse",
      limitBytes: 9,
      retryable: false,
      fix: "Allow more bytes with `maxBytes`, if so large a file is expected; save it to a file rather than to memory.",
    });
  });

  it("of a pipeline means that it is no gateway", () => {
    expect(errorOf("generic", wire)).toMatchObject({
      limitBytes: 9,
      fix: expect.stringContaining("base URL") as string,
    });
  });
});

describe("a request whose file could not be read to its end", () => {
  const wire = { kind: "unfinished", cause: new Error("The blob could not be read") } as const;
  const pathFor = (input: unknown) => {
    const error = errorIn("go-livepeer", { ...seen(wire), input });
    return isGatewayError(error, "InvalidRequest") ? error.fields.map(({ path }) => path) : error;
  };

  it.each(dialects)("must change, and did not run, as %s", (dialect) => {
    expect(errorOf(dialect, wire)).toMatchObject({
      _tag: "InvalidRequest",
      status: null,
      retryable: false,
      mayHaveRun: false,
      cause: { message: "The blob could not be read" },
      fields: [
        {
          path: "",
          message: "could not be read to its end: the file was changed, moved or removed while it was sent",
          fix: "Leave the file as it is until the call has ended, then call again.",
        },
      ],
    });
  });

  it("names the file's field", () => {
    expect(pathFor({ prompt: "a fox", image: new Blob(["x"]) })).toEqual(["image"]);
    expect(pathFor({ audio: new File(["x"], "a.wav") })).toEqual(["audio"]);
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "image"],
    ["fields without a file", { prompt: "a fox" }],
    [
      "a getter, which is not asked",
      {
        get image(): Blob {
          throw new Error("asked");
        },
      },
    ],
  ])("names none where none is known: %s", (_, input) => {
    expect(pathFor(input)).toEqual([""]);
  });
});

describe("an answer that was given up", () => {
  it("is what gave it up says", () => {
    const error = new FileNotWritten({ ...subject, path: "a.png", url, reason: "the disk is full" });
    for (const dialect of dialects) expect(errorOf(dialect, { kind: "dropped", status: 200, error })).toBe(error);
  });
});

describe("a request that was not sent", () => {
  it.each(reasons)("for %s says where it was going", (reason, sentence) => {
    expect(errorOf("generic", { kind: "unsent", reason }).message).toBe(
      `my-gateway could not be reached at ${url}: ${sentence}.`,
    );
  });
});

describe.each(dialects)("what the transport said, as %s", (dialect) => {
  const causesOf = (cause: unknown) => breaksBy(cause).map((wire) => errorOf(dialect, wire).cause);

  it("is kept as a cause of its own", () => {
    const cause = new TypeError("read ECONNRESET");
    for (const kept of causesOf(cause)) {
      expect(kept).not.toBe(cause);
      expect(kept).toBeInstanceOf(Error);
      expect(kept).toMatchObject({ name: "TypeError", message: "read ECONNRESET" });
    }
  });

  it("is its code when it has no message, as of several refused addresses", () => {
    const cause = Object.assign(new AggregateError([new Error("a"), new Error("b")]), { code: "ECONNREFUSED" });
    for (const kept of causesOf(cause)) expect(kept).toMatchObject({ name: "AggregateError", message: "ECONNREFUSED" });
  });

  it("is as empty as it was, when it has neither", () => {
    for (const kept of causesOf(new RangeError(""))) expect(kept).toMatchObject({ name: "RangeError", message: "" });
  });

  it("is its message when it has both", () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED ::1"), { code: "ECONNREFUSED" });
    for (const kept of causesOf(cause)) expect(kept).toMatchObject({ message: "connect ECONNREFUSED ::1" });
  });

  it("is kept without the key", () => {
    for (const kept of causesOf(new Error(`bad header ${key}`))) {
      expect(kept).toMatchObject({ message: "bad header <redacted>" });
    }
  });

  it("is nothing when it gave no cause", () => {
    for (const wire of breaksBy(undefined)) expect(errorOf(dialect, wire)).not.toHaveProperty("cause");
  });

  it.each([
    ["a text", "ECONNRESET"],
    ["null", null],
    ["a number", 7],
    ["a symbol", Symbol("odd")],
    ["an object with a code", { code: "ECONNRESET" }],
    ["an object that cannot become text", { toString: 1 }],
    ["an object without a prototype", Object.create(null)],
  ])("may be %s, which is not kept: it may hold anything", (_, cause) => {
    for (const kept of causesOf(cause)) {
      expect(kept).toMatchObject({ name: "Error", message: "the transport did not say" });
    }
  });

  it.each([
    ["a message", { message: 7 }],
    ["a message", { message: Object.create(null) as unknown }],
    ["a name", { name: Symbol("odd") }],
    ["a code", { message: "", code: 7 }],
  ])("may be an error with %s that is no text", (_, fields) => {
    for (const wire of breaksBy(Object.assign(new Error("odd"), fields))) {
      const error = errorOf(dialect, wire);
      expect(isGatewayError(error)).toBe(true);
      expect(error.cause).toMatchObject({ name: "Error", message: expect.any(String) as string });
      expect(factsOf(error)).toHaveProperty("code");
    }
  });
});
