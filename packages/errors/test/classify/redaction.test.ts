/** Gateways repeat what they were sent. No error may: not in its message, its JSON, its fields, nor when it is printed. */
import { describe, expect, it } from "@effect/vitest";
import * as Cause from "effect/Cause";
import fc from "fast-check";
import { inspect } from "node:util";
import type { Answer, Break } from "../../src/index.ts";
import { formsOf, goEscaped, leaks, oddKeys, pythonEscaped } from "../keys.ts";
import { answer, breaksBy, dialects, errorOf } from "../wire.ts";

/** What is left of a key in an error, wherever it can be read. */
const leaksOf = (wire: Answer | Break, key: string): ReadonlyArray<string> =>
  dialects.flatMap((dialect) => {
    const error = errorOf(dialect, wire, [key]);
    const values = Object.values(error).map((value) => (typeof value === "string" ? value : inspect(value)));
    const logged = Cause.pretty(Cause.fail(error));
    const texts = [error.message, error.stack ?? "", JSON.stringify(error), inspect(error), logged, ...values];
    return texts.flatMap((text) => leaks(text, key));
  });

const failures = [400, 401, 403, 404, 413, 418, 422, 429, 500, 502, 503, 504];

const json = (text: string): string => JSON.stringify({ errors: [text] });

describe.each(oddKeys)("a key with %s is in no error", (_, key) => {
  it.each(Object.entries(formsOf(key)))("when a text repeats it as %s", (_form, form) => {
    for (const status of failures) expect(leaksOf(answer(status, `no token ${form} found`), key)).toEqual([]);
  });

  it("when JSON repeats it", () => {
    for (const status of failures) expect(leaksOf(answer(status, json(`no token ${key} found`)), key)).toEqual([]);
  });

  it("when JSON repeats it percent-encoded or in base64", () => {
    const { percent, base64 } = formsOf(key);
    for (const status of failures) expect(leaksOf(answer(status, json(`${percent} ${base64}`)), key)).toEqual([]);
  });

  it("when Go's JSON repeats it", () => {
    const body = `{"error":{"message":"no token ${goEscaped(key)} found"}}\n`;
    for (const status of failures) expect(leaksOf(answer(status, body), key)).toEqual([]);
  });

  it("when Python's JSON repeats it", () => {
    const body = `{"detail":{"msg":"no token ${pythonEscaped(key)} found"}}`;
    for (const status of failures) expect(leaksOf(answer(status, body), key)).toEqual([]);
  });

  it("when Studio repeats it in JSON within JSON", () => {
    const body = json(JSON.stringify({ instancePath: "/prompt", message: `must not be ${key}` }));
    for (const status of failures) expect(leaksOf(answer(status, body), key)).toEqual([]);
  });

  it("when it is a field's name", () => {
    expect(leaksOf(answer(422, JSON.stringify({ detail: [{ loc: ["body", key], msg: "unknown" }] })), key)).toEqual([]);
  });

  it("when it is in a place that is redirected to", () => {
    for (const form of Object.values(formsOf(key))) {
      expect(leaksOf(answer(302, "", { location: `https://login.example/?token=${form}` }), key)).toEqual([]);
    }
  });

  it("when it is in a web page", () => {
    for (const form of Object.values(formsOf(key))) {
      expect(leaksOf(answer(200, `<html>${form}</html>`), key)).toEqual([]);
    }
  });
});

describe("a key in the transport's own error", () => {
  it("is in no error, nor in what Effect logs of it", () => {
    const key = "sk-live-7c1d0e5f";
    const cause = Object.assign(new Error(`Invalid header value: ${key}`), { data: `HTTP/0.9 no token ${key}` });
    for (const wire of breaksBy(cause)) expect(leaksOf(wire, key)).toEqual([]);
  });
});

describe("a key of any letters", () => {
  it("is in no error, however a gateway spells it", () => {
    const letters = fc.string({ unit: "grapheme", minLength: 12, maxLength: 60 }).filter((key) => /^\S+$/.test(key));
    const spelled = fc.constantFrom("plain", "base64", "percent", "json");
    fc.assert(
      fc.property(letters, spelled, fc.constantFrom(...failures), fc.boolean(), (key, spelling, status, asJson) => {
        const text = `no token ${formsOf(key)[spelling]} found`;
        expect(leaksOf(answer(status, asJson ? json(text) : text), key)).toEqual([]);
      }),
    );
  });
});
