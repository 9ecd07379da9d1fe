/** What an error must not repeat or trip over: words written for a model, stacks, keys in addresses, odd inputs. */
import { describe, expect, it } from "@effect/vitest";
import { inspect } from "node:util";
import { classify, type Observation } from "../../src/index.ts";
import { answer, bytesOf, dialects, errorIn, key, seen, url } from "../wire.ts";

const prompt = "my private diary, page one";
const about = (wire: Observation["wire"], input: unknown = { prompt }): Observation => ({ ...seen(wire), input });

const textsOf = (error: Error): string => `${error.message} ${JSON.stringify(error)} ${inspect(error)}`;

describe.each(dialects)("a prompt, as %s", (dialect) => {
  it.each([
    ["an explanation", answer(400, `{"error":{"message":"'${prompt}' was rejected"}}`)],
    ["a failure under 200", answer(200, `{"error":"cannot draw ${prompt}"}`)],
    ["a body that is no answer", answer(200, `You asked for ${prompt}`)],
    ["a failed inference", answer(500, `{"detail":{"msg":"${prompt} is too hard"}}`)],
  ])("is not repeated from %s", (_, wire) => {
    const texts = textsOf(errorIn(dialect, about(wire)));
    expect(texts).not.toContain("diary");
    expect(texts).toContain("<text>");
  });

  it("that is a short word stays, because any sentence may have it", () => {
    const error = errorIn(dialect, about(answer(400, "no fox here"), { prompt: "fox" }));
    expect(error.message).toContain("no fox here");
  });
});

describe("a stack", () => {
  it("of Python is left to its operator", () => {
    const said = 'ValueError: bad size\\nTraceback (most recent call last):\\n  File \\"/srv/app.py\\", line 3';
    const error = errorIn("runner", seen(answer(500, `{"detail":{"msg":"${said}"}}`)));
    expect(error).toMatchObject({ detail: "ValueError: bad size an unexpected error" });
  });
});

describe("the key", () => {
  const addressed = (wire: Observation["wire"]): Observation => ({
    ...seen(wire),
    url: `https://u:${key}@h.example/p?api_key=${key}`,
    subject: { gateway: `https://h.example/${key}`, pipeline: "text-to-image", model: key },
  });

  it.each<readonly [string, Observation["wire"]]>([
    ["404", answer(404)],
    ["503", answer(503)],
    ["200 null", answer(200, "null")],
    ["a request that was not sent", { kind: "unsent", reason: "refused" }],
    ["a closed socket", { kind: "closed" }],
    ["what is not HTTP", { kind: "unreadable", status: null, reason: `it is ${key}` }],
  ])("in an address, or given as a model, is in no error: %s", (_, wire) => {
    for (const dialect of dialects) expect(textsOf(errorIn(dialect, addressed(wire)))).not.toContain(key);
  });
});

describe("a socket that go-livepeer closes", () => {
  it.each([
    [undefined, "SLUICE-503-CLOSED"],
    [0, "SLUICE-503-CLOSED"],
    [10_000, "SLUICE-503-CLOSED"],
    [10_001, "SLUICE-502-OUTCOME-UNKNOWN"],
  ])("after %s ms is %s: its search for orchestrators takes two seconds", (elapsedMs, code) => {
    const observation = { ...seen({ kind: "closed" }), ...(elapsedMs === undefined ? {} : { elapsedMs }) };
    expect(errorIn("go-livepeer", observation).code).toBe(code);
  });
});

describe("classify does not throw", () => {
  it("for a moment that is none", () => {
    const error = errorIn("generic", { ...seen(answer(429, "", { "retry-after": "2" })), now: NaN });
    expect(error.retryAfterMs).toBe(2000);
    expect(error).not.toHaveProperty("retryAt");
    expect(error.message).toBe("my-gateway limits the rate of requests; it takes the next one in 2 s.");
  });

  it("for a cause whose message cannot be read", () => {
    const cause = Object.defineProperty(new Error("x"), "message", {
      get: () => {
        throw new Error("no");
      },
    });
    expect(errorIn("generic", seen({ kind: "closed", cause })).cause).toMatchObject({ name: "Error", message: "" });
  });

  it("for an input that throws when it is read", () => {
    const input = Object.defineProperty({}, "width", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
    const refused = '{"detail":[{"loc":["body","width"],"msg":"odd"}]}';
    expect(errorIn("runner", about(answer(422, refused), input))).toMatchObject({
      fields: [{ path: "width", message: "odd", sent: "nothing" }],
    });
  });

  it("for thousands of complaints and a key of the length of a token, nor does it take long", () => {
    const complaints = JSON.stringify({ errors: Array.from({ length: 250_000 }, () => "a") });
    const long = "x7".repeat(1000);
    const verdict = classify("studio", { ...seen({ ...answer(200), body: bytesOf(complaints) }), secrets: [long] });
    expect(verdict).toMatchObject({ _tag: "InferenceFailed" });
  });
});

describe("media", () => {
  it.each(["application/json", "application/json; charset=utf-8", "application/problem+json", "Application/JSON"])(
    "are not of the type %s",
    (type) => {
      const wire = answer(200, '{"error":{"message":"gone"}}', { "content-type": type });
      expect(errorIn("generic", { ...seen(wire), expects: "bytes" })).toMatchObject({
        _tag: "MalformedResponse",
        reason: "the body is JSON, where media was expected",
      });
    },
  );

  it("may have any other type", () => {
    const wire = answer(200, "[1]", { "content-type": "application/jsonish" });
    expect(classify("generic", { ...seen(wire), expects: "bytes" })).toBe("success");
  });
});

it("names the url of a wrong address as it was given", () => {
  expect(errorIn("generic", seen(answer(404))).message).toContain(url);
});
