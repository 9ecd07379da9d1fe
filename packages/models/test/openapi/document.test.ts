import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type PipelineName, pipelineNames, pipelines } from "../../src/index.ts";
import { deliberate, listed } from "./deliberate.ts";
import { documented, paths, type Schema } from "./document.ts";
import { differences, factsOf } from "./facts.ts";

const wires = { json: "application/json", multipart: "multipart/form-data" };

const ours = (name: PipelineName, side: "input" | "output") =>
  factsOf(z.toJSONSchema(pipelines[name][side], { io: "input", unrepresentable: "any" }) as Schema);

describe("the official document", () => {
  it("has the paths of our pipelines, and no other", () => {
    expect(paths.toSorted()).toEqual(pipelineNames.map((name) => pipelines[name].path).toSorted());
  });

  describe.each(pipelineNames)("of %s", (name) => {
    it("has our wire format, and answers in JSON", () => {
      expect(documented(name)).toMatchObject({ wire: wires[pipelines[name].wire], answer: "application/json" });
    });

    it.each(["input", "output"] as const)("has our %s, but for the differences that are listed", (side) => {
      const found = differences(factsOf(documented(name)[side]), ours(name, side));
      expect(found.toSorted()).toEqual(listed(name, side).toSorted());
    });

    it("has our fields by name, files among them", () => {
      const { input } = documented(name);
      const pipeline = pipelines[name];
      const files = Object.entries(input.properties ?? {}).filter(([, { format }]) => format === "binary");
      expect(files.map(([field]) => field)).toEqual("fileField" in pipeline ? [pipeline.fileField] : []);
      expect(Object.keys(input.properties ?? {})).toContain(pipeline.modelField);
    });
  });
});

describe("the list of differences", () => {
  it("gives each a reason that is a sentence", () => {
    for (const { why } of deliberate) expect(why).toMatch(/^[A-Z0-9"'-].{15,}\.$/);
  });

  it("names each once", () => {
    for (const name of pipelineNames) {
      const all = [...listed(name, "input"), ...listed(name, "output").map((each) => `output ${each}`)];
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describe("the comparison", () => {
  const theirs: Schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };

  it.each<[string, Schema, ReadonlyArray<string>]>([
    ["the same", { ...theirs, title: "A", description: "Words." }, []],
    ["another type", { ...theirs, properties: { a: { type: "integer" } } }, ['a type: "string" -> "integer"']],
    ["no need", { ...theirs, required: [] }, ["a required: true -> false"]],
    ["a field more", { ...theirs, properties: { ...theirs.properties, b: {} } }, ["b required: - -> false"]],
    ["a field less", { type: "object" }, ["a required: true -> -", 'a type: "string" -> -']],
    ["a default", { ...theirs, properties: { a: { type: "string", default: "" } } }, ['a default: - -> ""']],
    ["another whole", { ...theirs, additionalProperties: false }, ["additionalProperties: - -> false"]],
  ])("sees %s", (_, other, expected) => {
    expect(differences(factsOf(theirs), factsOf(other)).toSorted()).toEqual(expected.toSorted());
  });
});
