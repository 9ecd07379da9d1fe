import { describe, expect, it } from "vitest";
import {
  emulator,
  type Finding,
  keyMistake,
  livepeerStudio,
  pipelineNames,
  preflight,
  preflightRules,
  prepare,
  readMedia,
} from "../../src/index.ts";
import { least, untyped } from "../pipelines/given.ts";
import { cases } from "./cases.ts";
import { inputOf, type Request } from "./Request.ts";

const findingsIn = async (request: Request): Promise<ReadonlyArray<Finding>> => {
  const { pipeline, circumstances } = request;
  const input = inputOf(request);
  const facts = await readMedia(pipeline, input);
  const prepared = prepare(pipeline, untyped(input), { profile: emulator, facts, ...circumstances });
  return prepared.ok ? prepared.warnings : prepared.findings;
};

describe("the rules", () => {
  it("have names of their own, and each has its cases", () => {
    const names = preflightRules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(cases).toSorted()).toEqual(names.toSorted());
    for (const { broken, near } of Object.values(cases)) {
      expect(broken.length).toBeGreaterThan(0);
      expect(near.length).toBeGreaterThan(1);
    }
  });

  it.each(preflightRules)("$name says why it is there, and of what", ({ why, pipelines = [] }) => {
    expect(why).toMatch(/^[A-Z].{20,}\.$/);
    for (const name of pipelines) expect(pipelineNames).toContain(name);
  });

  it.each(pipelineNames)("have nothing against the least request for %s", async (pipeline) => {
    const rules = (await findingsIn({ pipeline })).map(({ rule }) => rule);
    expect(rules).toEqual(pipeline === "live-video-to-video" ? ["pipeline-offered"] : []);
  });
});

describe.each(preflightRules)("the rule $name", ({ name, severity }) => {
  const { broken, near } = cases[name] ?? { broken: [], near: [] };

  it.each(broken)("is broken ($#): $pipeline, $message", async (request) => {
    const { path, message, also = [] } = request;
    const findings = await findingsIn(request);
    expect(findings.map(({ rule }) => rule)).toEqual([name, ...also]);
    const [finding] = findings;
    expect(finding).toMatchObject({ rule: name, severity, path });
    expect(finding?.fix).toMatch(/^[A-Z][^\n]{5,}[.?]$/);
    if (typeof message === "string") expect(finding?.message).toBe(message);
    else expect(finding?.message).toMatch(message);
  });

  it.each(near)("is kept ($#): $pipeline", async (request) => {
    expect((await findingsIn(request)).map(({ rule }) => rule)).not.toContain(name);
  });
});

describe("a refusal", () => {
  it("comes in the order of the rules, and without the warnings that would stand beside it", () => {
    const request = { ...least.upscale, prompt: "3 cats", seed: 0 };
    const prepared = prepare("upscale", request, { profile: livepeerStudio, apiKey: "" });
    const findings = prepared.ok ? [] : prepared.findings;
    expect(findings.map(({ rule }) => rule)).toEqual(["form-text", "api-key"]);
  });

  it("is none when there are warnings alone", () => {
    const prepared = prepare("text-to-image", { prompt: "a|b", width: 448, model_id: "a" }, { profile: emulator });
    expect(prepared).toMatchObject({ ok: true, request: { prompt: "a|b", width: 448 } });
    const rules = prepared.ok ? prepared.warnings.map(({ rule, severity }) => [rule, severity]) : [];
    expect(rules).toEqual([
      ["model-known", "warn"],
      ["trained-size", "warn"],
      ["prompt-split", "warn"],
    ]);
  });

  it("of a field comes before any rule is asked", () => {
    const prepared = prepare("live-video-to-video", untyped({}), { profile: emulator });
    expect(prepared.ok ? [] : prepared.findings.map(({ path }) => path)).toEqual(["subscribe_url", "publish_url"]);
  });
});

describe("a field that the gateway refuses, and nobody asked for", () => {
  const profile = { ...emulator, unknownFields: { upscale: ["safety_check", "seed"] } };

  it("is not sent, though it has a default", () => {
    const prepared = prepare("upscale", least.upscale, { profile });
    expect(prepared.ok && prepared.request).toEqual({
      ...least.upscale,
      model_id: "stabilityai/stable-diffusion-x4-upscaler",
      num_inference_steps: 75,
    });
    expect(prepare("upscale", least.upscale, { profile: emulator })).toMatchObject({ request: { safety_check: true } });
  });

  it("is sent to no other pipeline's harm", () => {
    const prepared = prepare("text-to-image", least["text-to-image"], { profile });
    expect(prepared).toMatchObject({ ok: true, request: { safety_check: true } });
  });
});

describe("a file whose facts are not known", () => {
  it("is not judged, and that is said", () => {
    const request = { ...least.upscale, image: new Uint8Array() };
    const warnings = [{ rule: "file-unread", severity: "warn", path: "image" }];
    expect(prepare("upscale", request, { profile: livepeerStudio })).toMatchObject({ ok: true, warnings });
    const plan = { pipeline: "audio-to-text", request: { model_id: "a" }, profile: emulator } as const;
    expect(preflight(plan).map(({ rule }) => rule)).toEqual(["model-known"]);
  });
});

describe("a key", () => {
  it("is never repeated in what is wrong with it", () => {
    for (const key of ["Bearer hunter2", "hunter2 ", "hunter2\n", "hünter2"]) {
      const mistake = keyMistake(livepeerStudio, key);
      expect(mistake).toBeDefined();
      expect(JSON.stringify(mistake)).not.toMatch(/h.nter2/);
    }
    expect(keyMistake(livepeerStudio, "hunter2")).toBeUndefined();
  });
});
