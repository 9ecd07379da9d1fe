/**
 * Gateways repeat what they were sent. No error may: not in its message, its JSON, its fields and those of its cause, nor
 * when it is printed or logged, nor in a copy of it.
 */
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest";
import * as Cause from "effect/Cause";
import fc from "fast-check";
import { inspect } from "node:util";
import type { Dialect, GatewayError, Headers, Observation } from "../../src/index.ts";
import { leaks, oddKeys, type Spelling, spellings } from "../keys.ts";
import { answer, breaksBy, dialects, errorIn, errorOf, seen, sse } from "../wire.ts";

/** Every text in a value, however deep, also where it is not enumerable. */
const textsIn = (value: unknown, met = new Set<unknown>()): ReadonlyArray<string> => {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || met.has(value)) return [];
  met.add(value);
  return Reflect.ownKeys(value).flatMap((name) => [
    String(name),
    ...textsIn((value as Record<PropertyKey, unknown>)[name], met),
  ]);
};

// Stacks end after their message, where they would go on with places in our own files: that takes the most time here.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** All that can be read of an error, each line once. */
const readingsOf = (error: GatewayError): string => {
  const texts = [
    String(error),
    JSON.stringify(error),
    inspect(error),
    inspect(error, { depth: 10, showHidden: true }),
    inspect({ error }, { depth: 10, showHidden: true, customInspect: false }),
    Cause.pretty(Cause.fail(error)),
    Cause.pretty(Cause.die(error)),
    ...textsIn(error),
  ];
  return [...new Set(texts.join("\n").split("\n"))].join("\n");
};

const dialectAt = (index: number): Dialect => dialects[index % dialects.length] ?? "generic";

const leaksOf = (dialect: Dialect, observation: Observation, key: string): ReadonlyArray<string> => {
  const error = errorIn(dialect, observation);
  return [error, error.with({ gateway: "other", requestId: error.requestId ?? "r-1" })].flatMap((one) =>
    leaks(readingsOf(one), key),
  );
};

/** `redact` is tested with all spellings; here those do that take another way through an answer. */
const written: ReadonlyArray<Spelling> = [
  ...(["plain", "percent", "percent twice", "base64", "json"] as const),
  ...(["JSON in JSON", "Python's JSON", "HTML with decimal numbers"] as const),
];

const failures = [400, 401, 402, 403, 404, 413, 415, 418, 422, 429, 500, 502, 503, 504];

type Place = (form: string) => Observation;

const body = (status: number, value: unknown, headers: Headers = {}): Observation =>
  seen(answer(status, typeof value === "string" ? value : JSON.stringify(value), headers));

/** Where an answer may repeat a key. */
const places: Readonly<Record<string, Place>> = {
  "a text": (form) => body(400, `no token ${form} found`),
  "the end of a text": (form) => body(400, `no token ${form}`),
  "a word of a text": (form) => body(400, `no token:${form}, found`),
  "Studio's list": (form) => body(400, { errors: ["bad", `no token ${form} found`] }),
  "go-livepeer's message": (form) => body(500, { error: { message: `: no token ${form} found` } }),
  "the runner's message": (form) => body(400, { detail: { msg: `no token ${form} found` } }),
  "a field's name": (form) => body(422, { detail: [{ loc: ["body", "a", form], msg: "is unknown" }] }),
  "a field's message": (form) => body(422, { detail: [{ loc: ["body", "a"], msg: `is ${form}` }] }),
  "JSON within JSON": (form) =>
    body(422, { errors: [JSON.stringify({ instancePath: "/prompt", message: `must not be ${form}` })] }),
  "a field's name in JSON within JSON": (form) =>
    body(422, {
      errors: [JSON.stringify({ instancePath: "", params: { additionalProperty: form }, message: "must not be" })],
    }),
  "JSON within JSON that says something else": (form) => body(422, { errors: [JSON.stringify({ key: form })] }),
  "a Go field": (form) =>
    body(400, { error: { message: `cannot unmarshal into Go struct field X.${form} of type int` } }),
  "JSON of no known shape": (form) => body(500, { problem: { key: form } }),
  "JSON that breaks off": (form) => body(500, JSON.stringify({ errors: [`no token ${form}`] }).slice(0, -2)),
  "JSON with a status of success": (form) => body(200, { error: `no token ${form} found` }),
  "a text with a status of success": (form) => body(200, `no token ${form} found`),
  "a web page": (form) => body(200, `<html>${form}</html>`),
  "a web page instead of media": (form) => ({ ...body(200, `<html>${form}</html>`), expects: "bytes" }),
  "an event stream's error": (form) =>
    seen(sse(`data: {"choices":[]}\n\ndata: ${JSON.stringify({ error: { message: `no token ${form}` } })}\n\n`)),
  "an event stream's error, as a text": (form) =>
    seen(sse(`data: ${JSON.stringify({ error: `no token ${form}` })}\n\n`)),
  "a stream that broke off": (form) => ({
    ...seen({
      kind: "cut",
      status: 200,
      headers: { "content-type": "text/event-stream" },
      body: new TextEncoder().encode(`data: ${JSON.stringify({ error: `no token ${form}` })}\n\n`),
    }),
  }),
  "a place that is redirected to": (form) => body(302, "", { location: `https://login.example/?token=${form}` }),
  "one of two places": (form) => body(307, "", { location: ["/login", `/${form}/login`] }),
  "the request's id": (form) => body(500, "", { "x-request-id": `r-${form}` }),
  "the request's other id": (form) => body(500, "", { "request-id": form }),
  "Cloudflare's id": (form) => body(502, "", { "cf-ray": [form, "8f3c"] }),
  "a header that asks for time": (form) => body(429, "", { "retry-after": form, "ratelimit-reset": form }),
  "a field that was sent": (form) => ({ ...body(422, complaint("size")), input: { size: form } }),
  "a field that was sent within another": (form) => ({
    ...body(422, complaint("a.0")),
    input: { a: [form.slice(0, 60)] },
  }),
  "the name of a field that was sent": (form) => ({ ...body(422, complaint(form)), input: { [form]: form } }),
};

const complaint = (path: string) => ({ detail: [{ loc: ["body", ...path.split(".")], msg: "is wrong" }] });

describe.each(oddKeys)("a key with %s is in no error", (_, key) => {
  const everyWay = (observed: (form: string, index: number) => Observation): ReadonlyArray<string> =>
    written.flatMap((name, index) =>
      leaksOf(dialectAt(index), { ...observed(spellings[name](key), index), secrets: ["x1y2z3w4", key] }, key).map(
        (leak) => `${name}: ${leak}`,
      ),
    );

  it.each(Object.entries(places))("when it is in %s, however it is written", (_place, placed) => {
    expect(everyWay(placed)).toEqual([]);
  });

  it("under any status, of any dialect", () => {
    const observations = failures.flatMap((status) => [
      body(status, `no token ${key} found`),
      body(status, { errors: [`no token ${key} found`] }),
      // As Go, Python and ASP.NET write JSON.
      body(status, `{"error":{"message":"no token ${spellings["Go's JSON"](key)} found"}}\n`),
      body(status, `{"detail":{"msg":"no token ${spellings["Python's JSON"](key)} found"}}`),
      body(status, `{"title":"no token ${spellings[".NET's JSON"](key)} found"}`),
    ]);
    for (const [index, observation] of observations.entries()) {
      expect(leaksOf(dialectAt(index), { ...observation, secrets: [key] }, key)).toEqual([]);
    }
  });

  it("when the transport's own error has it", () => {
    for (const place of causesWith(key).keys()) {
      const leaking = everyWay((form, index) => {
        const wires = breaksBy(causesWith(form)[place]);
        return seen(wires[(place + index) % wires.length] ?? answer(500));
      });
      expect(leaking).toEqual([]);
    }
  });

  it("when a body that repeats it is cut, at any byte", () => {
    const beginning = Array.from(key).slice(0, 6).join("");
    const bodies = [`{"errors":["no token ${spellings.json(key)} found"]}`, `no token ${key}`, `<html>${key}`];
    for (const whole of bodies.map((text) => new TextEncoder().encode(text))) {
      for (let length = 0; length <= whole.length; length++) {
        for (const status of [200, 401, 422, 500]) {
          const error = errorOf("studio", answer(status, whole.subarray(0, length)), [key]);
          const read = [error.message, JSON.stringify(error)].join("\n");
          expect([length, leaks(read, key), leaks(read, beginning)]).toEqual([length, [], []]);
        }
      }
    }
  });
});

/** Errors that a transport may throw, with a text in each of their parts. */
const causesWith = (form: string): ReadonlyArray<unknown> => [
  new Error(`Invalid header value: ${form}`),
  Object.assign(new Error("other side closed"), { name: `Error of ${form}`, code: form, data: `HTTP/0.9 ${form}` }),
  Object.assign(new Error(""), { code: form }),
  new AggregateError([new Error(form)], `connect ECONNREFUSED ${form}`, { cause: new Error(form) }),
  new Error("fetch failed", { cause: new TypeError(form) }),
  { message: form, name: form, toString: () => form },
  form,
];

describe("the end of what is read of a body", () => {
  it("may be in the middle of a key, after any amount of space", () => {
    const key = "sk-live-7c1d0e5f";
    for (let shown = 0; shown <= key.length; shown++) {
      const text = `no token${" ".repeat(16_384 - 8 - shown)}${key} found`;
      for (const status of [200, 400]) {
        const { message } = errorOf("generic", answer(status, text), [key]);
        expect([shown, message.includes("sk-liv")]).toEqual([shown, false]);
      }
    }
  });
});

describe("what an error says otherwise", () => {
  it.each([
    "Invalid bearer token.",
    "basic authentication is off",
    "no token found",
    "Try bearer tokens, e.g. from /x?a=1",
  ])("stays as the gateway said it: %s", (sentence) => {
    expect(errorOf("generic", answer(500, sentence))).toMatchObject({ detail: sentence });
  });

  it("stays around a key", () => {
    expect(errorOf("studio", answer(422, '{"errors":["no token sk-live-7c1d0e5f found"]}')).message).toContain(
      "no token <redacted> found",
    );
  });
});

describe("a key of any letters", () => {
  it("is in no error, however and wherever a gateway spells it", () => {
    const keys = fc.string({ unit: "grapheme", minLength: 12, maxLength: 60 }).filter((key) => /^\S+$/.test(key));
    const ways = fc.constantFrom(...(Object.keys(spellings) as ReadonlyArray<Spelling>));
    fc.assert(
      fc.property(
        keys,
        ways,
        fc.constantFrom(...Object.values(places)),
        fc.constantFrom(...dialects),
        (key, way, placed, dialect) => {
          expect(leaksOf(dialect, { ...placed(spellings[way](key)), secrets: [key] }, key)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
