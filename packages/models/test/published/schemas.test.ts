import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emulator, livepeerCloud, livepeerStudio, pipelineNames } from "../../src/index.ts";
import type { Schema } from "../openapi/document.ts";
import { answers, fromDocument, fromSamples } from "../openapi/examples.ts";
import { planted } from "../pipelines/planted.ts";
import { accepts } from "./accepts.ts";

const published = (file: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${file}.json`, import.meta.url), "utf8")) as Schema;

const schemas = new Map(pipelineNames.map((name) => [name, published(`${name}.input`)]));

/** Whether the input is still itself as JSON: a schema can say nothing of the rest. */
const isJson = (value: unknown): boolean => {
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value === "boolean" || typeof value === "string" || value instanceof Uint8Array)
    return true;
  if (typeof value !== "object") return false;
  const proto: unknown = Object.getPrototypeOf(value);
  return (proto === Object.prototype || proto === Array.prototype) && Object.values(value).every(isJson);
};

/** As a JSON text would be read: a field that is undefined is not there. */
const asRead = (input: unknown): unknown => {
  if (Array.isArray(input)) return input.map(asRead);
  if (typeof input !== "object" || input === null || input instanceof Uint8Array) return input;
  const proto: unknown = Object.getPrototypeOf(input);
  return proto === Object.prototype
    ? Object.fromEntries(
        Object.entries(input)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [name, asRead(value)]),
      )
    : input;
};

describe("the published schema of an input", () => {
  it.each([...fromDocument, ...fromSamples])(
    "accepts what the parser accepts: $called, $pipeline",
    ({ pipeline, input }) => {
      expect(accepts(schemas.get(pipeline)!, input)).toBe(true);
    },
  );

  it.each(pipelineNames)("of %s refuses what the parser refuses, as far as a schema can say it", (name) => {
    // Texts that must hold something are no matter of a schema, nor is what a file is.
    const told = planted
      .filter(({ pipeline, rule }) => pipeline === name && rule !== "field-form")
      .map((each) => ({ ...each, input: asRead(each.input) }))
      .filter(({ input }) => isJson(input));
    expect(told.length).toBeGreaterThan(10);
    const taken = told.filter(({ input }) => accepts(schemas.get(name)!, input));
    expect(taken.map(({ path, mistake }) => `${path.slice(0, 40)}: ${mistake}`)).toEqual([]);
  });
});

describe("the published schema of an output", () => {
  it.each(answers)("of %s accepts what a gateway writes: %s", (name, body) => {
    expect(accepts(published(`${name}.output`), JSON.parse(body))).toBe(true);
  });

  it.each(pipelineNames)("of %s refuses what a gateway writes when it has none", (name) => {
    for (const body of [null, {}, { error: { message: "Service Unavailable Error" } }]) {
      expect(accepts(published(`${name}.output`), body)).toBe(false);
    }
  });
});

describe("the published schema of a gateway", () => {
  const gateway = published("gateway");

  it("accepts a user's file, and every built-in profile", () => {
    const prices = {
      source: "us",
      asOf: "2026-11-22",
      rates: [{ pipeline: "llm", unit: "token", price: "1", per: 1 }],
    };
    const house = { $schema: "./gateway.json", name: "house", baseUrl: "https://example.com" };
    for (const file of [
      house,
      { ...house, extends: "livepeer-studio", prices },
      { name: "house", extends: "livepeer-studio" },
      livepeerCloud,
      livepeerStudio,
      emulator,
    ]) {
      expect(accepts(gateway, file)).toBe(true);
    }
    expect(accepts(published("price-card"), prices)).toBe(true);
  });

  it.each([
    {},
    { name: "house" },
    { name: "house", extends: "go-livepeer" },
    { name: "a b", baseUrl: "https://example.com" },
    { name: "house", baseUrl: "https://example.com", colour: "red" },
    { name: "house", baseUrl: "https://example.com", auth: "maybe" },
    { name: "house", baseUrl: "https://example.com", pipelines: ["text-to-music"] },
    { name: "house", baseUrl: "https://example.com", prices: { source: "us", asOf: "2026-11-22" } },
    {
      name: "house",
      baseUrl: "https://example.com",
      prices: { source: "us", asOf: "2026-11-22", rates: [{ pipeline: "llm", unit: "token", price: 0.08, per: 1 }] },
    },
  ])("refuses %j", (file) => {
    expect(accepts(gateway, file)).toBe(false);
  });
});
