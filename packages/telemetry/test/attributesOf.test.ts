import { InvalidRequest } from "@sluice/errors";
import { pipelineNames } from "@sluice/models";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributesOf, type CallEvent, operationDurationBounds, operations, spanNameOf } from "../src/index.ts";
import { asked, cold, cost, story } from "./story.ts";

const [started, first, firstEnded, waiting, opened, , answered, ended] = story;

const common = {
  "gen_ai.operation.name": "generate_content",
  "gen_ai.provider.name": "livepeer",
  "gen_ai.request.model": "SG161222/RealVisXL_V4.0_Lightning",
  "gen_ai.output.type": "image",
  "server.address": "livepeer.studio",
  "server.port": 443,
  "livepeer.pipeline": "text-to-image",
  "livepeer.gateway": "livepeer-studio",
  "livepeer.request_id": "req_1",
};
const paid = {
  "livepeer.cost.usd": 0.019922944,
  "livepeer.billing.units": 1_048_576,
  "livepeer.billing.unit": "pixel",
};

describe("the attributes of an event", () => {
  const table: ReadonlyArray<readonly [CallEvent, Readonly<Record<string, unknown>>]> = [
    [started, paid],
    [first, { "livepeer.attempt": 1 }],
    [
      firstEnded,
      {
        "livepeer.attempt": 1,
        "http.response.status_code": 503,
        "error.type": "SLUICE-503-COLD",
        "livepeer.may_have_run": false,
      },
    ],
    [waiting, { "livepeer.attempt": 1, "livepeer.wait.for": "gate", "livepeer.wait.reason": cold.code }],
    [opened, { "livepeer.wait.for": "gate", "livepeer.wait.duration": 41.5 }],
    [answered, { "livepeer.attempt": 2, "http.response.status_code": 200, "gen_ai.response.time_to_first_chunk": 0.4 }],
    [ended, { "livepeer.attempts": 2, ...paid }],
  ];

  it.each(table)("that says $type", (event, own) => {
    expect(attributesOf(event)).toEqual({ ...common, ...own });
  });

  it("leave out what is not known", () => {
    const { requestId, at } = started;
    const some = { gateway: "emulator", pipeline: "llm" };
    expect(attributesOf({ type: "waiting", requestId, at, ...some, for: "turn", attempt: 0 })).toEqual({
      "gen_ai.operation.name": "chat",
      "gen_ai.output.type": "text",
      "gen_ai.provider.name": "livepeer",
      "livepeer.pipeline": "llm",
      "livepeer.gateway": "emulator",
      "livepeer.request_id": "req_1",
      "livepeer.attempt": 0,
      "livepeer.wait.for": "turn",
    });
    const { "http.response.status_code": status, ...others } = attributesOf({ ...firstEnded, status: null });
    expect(status).toBeUndefined();
    expect(others).toHaveProperty(["error.type"], "SLUICE-503-COLD");
    expect(attributesOf({ ...firstEnded, mayHaveRun: true })["livepeer.may_have_run"]).toBe(true);
    expect(attributesOf(answered)).not.toHaveProperty(["livepeer.may_have_run"]);
    const free = { requestId, at, type: "call-ended", gateway: "emulator", pipeline: "download" } as const;
    const none = { ms: 1, attempts: 0, statuses: [], coldStart: false, waitedMs: 1 };
    expect(attributesOf({ ...free, outcome: "SLUICE-499-ABORTED", ...none })).toEqual({
      "gen_ai.operation.name": "download",
      "gen_ai.provider.name": "livepeer",
      "livepeer.pipeline": "download",
      "livepeer.gateway": "emulator",
      "livepeer.request_id": "req_1",
      "livepeer.attempts": 0,
      "error.type": "SLUICE-499-ABORTED",
    });
  });

  it.each([
    ["https://livepeer.studio", "livepeer.studio", 443],
    ["http://gateway.example", "gateway.example", 80],
    ["http://127.0.0.1:8937", "127.0.0.1", 8937],
    ["http://[::1]:8080", "::1", 8080],
    ["no origin", undefined, undefined],
  ])("tell the server of %s", (origin, address, port) => {
    const attributes = attributesOf({ ...first, origin });
    expect([attributes["server.address"], attributes["server.port"]]).toEqual([address, port]);
  });

  it("tell a price that is not known from one of nothing", () => {
    const priceOf = (own: Partial<typeof cost>) => attributesOf({ ...started, cost: { ...cost, ...own } });
    expect(priceOf({ usd: "unknown", units: "unknown" })).toEqual({ ...common, "livepeer.billing.unit": "pixel" });
    expect(priceOf({ charges: "nothing" })["livepeer.cost.usd"]).toBe(0);
    expect(priceOf({ charges: "nothing", usd: "unknown" })["livepeer.cost.usd"]).toBe(0);
  });

  it("hold no text that a person or a model wrote, whatever the event carries", () => {
    const secret = "a prompt, or a key";
    const path = "prompt";
    const warning = { rule: "prompt-split", severity: "warn", path, message: secret, fix: secret } as const;
    const reason = new InvalidRequest({ ...asked, status: 422, fields: [{ path, message: secret, sent: secret }] });
    const rate = { label: secret, source: secret, asOf: secret };
    const events: ReadonlyArray<CallEvent> = [
      { ...started, warnings: [warning], cost: { ...cost, rate } },
      { ...first, traceparent: secret },
      { ...waiting, reason },
      { ...ended, cost: { ...cost, rate } },
    ];
    for (const event of events) expect(JSON.stringify(attributesOf(event))).not.toContain(secret);
  });

  it("are strings, booleans and finite numbers, whatever names a user gives", () => {
    const names = fc.record({ gateway: fc.string(), pipeline: fc.string(), model: fc.string(), origin: fc.string() });
    fc.assert(
      fc.property(names, fc.constantFrom<CallEvent>(...story), (own, event) => {
        const attributes = attributesOf({ ...event, ...own });
        for (const value of Object.values(attributes)) expect(value).toSatisfy(isAttribute);
        expect(attributes["gen_ai.operation.name"]).toBeTypeOf("string");
      }),
    );
  });
});

const isAttribute = (value: unknown) => ["string", "boolean"].includes(typeof value) || Number.isFinite(value);

describe("the operations", () => {
  it("are named for every pipeline, and for a download", () => {
    expect(Object.keys(operations)).toEqual([...pipelineNames, "download"]);
  });

  it.each([
    ["text-to-image", "generate_content image"],
    ["image-to-image", "generate_content image"],
    ["image-to-video", "generate_content video"],
    ["upscale", "generate_content image"],
    ["audio-to-text", "generate_content text"],
    ["segment-anything-2", "generate_content image"],
    ["llm", "chat text"],
    ["image-to-text", "generate_content text"],
    ["text-to-speech", "generate_content speech"],
    ["live-video-to-video", "generate_content video"],
    ["download", "download -"],
    ["one-of-tomorrow", "generate_content -"],
    ["constructor", "generate_content -"],
  ])("of %s are %s", (pipeline, expected) => {
    const { "gen_ai.operation.name": name, "gen_ai.output.type": output = "-" } = attributesOf({ ...first, pipeline });
    expect(`${String(name)} ${String(output)}`).toBe(expected);
  });

  it("name a span", () => {
    expect(spanNameOf(started)).toBe("generate_content SG161222/RealVisXL_V4.0_Lightning");
    expect(spanNameOf({ pipeline: "llm", model: "meta-llama/Meta-Llama-3.1-8B-Instruct" })).toBe(
      "chat meta-llama/Meta-Llama-3.1-8B-Instruct",
    );
    expect(spanNameOf({ pipeline: "download" })).toBe("download");
  });
});

it("the buckets double from 0.01 s, beyond the longest cold start", () => {
  expect(operationDurationBounds).toEqual(Array.from({ length: 16 }, (_, doubled) => 2 ** doubled / 100));
  expect(operationDurationBounds.at(-1)).toBe(327.68);
});
