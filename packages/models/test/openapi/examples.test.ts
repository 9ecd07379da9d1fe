import { describe, expect, it } from "vitest";
import { defaultModel, pipelineNames, pipelines, prepare } from "../../src/index.ts";
import { anywhere, untyped } from "../pipelines/given.ts";
import { documented } from "./document.ts";
import { answers, fromDocument, fromSamples } from "./examples.ts";

/** What is not sent because it says nothing. */
const droppable = { loras: "" };

describe.each([...fromDocument, ...fromSamples])("$called, $pipeline", ({ pipeline, input }) => {
  const prepared = prepare(pipeline, untyped(input), { profile: anywhere });
  const request: Readonly<Record<string, unknown>> = prepared.ok ? { ...prepared.request } : {};

  it("is a good request", () => {
    expect(prepared.ok ? [] : prepared.findings).toEqual([]);
  });

  it("is sent with a model, with sides where there are any, and with whatever it says", () => {
    const { modelField } = pipelines[pipeline];
    const named = input[modelField];
    expect(request[modelField]).toBe(named === undefined || named === "" ? defaultModel(pipeline) : named);
    for (const side of ["width", "height"]) {
      if (side in (documented(pipeline).input.properties ?? {})) expect(request[side]).toBeTypeOf("number");
    }
    for (const [field, value] of Object.entries(input)) {
      const dropped = Object.entries(droppable).some(([name, empty]) => name === field && empty === value);
      if (field !== modelField) expect(request[field]).toEqual(dropped ? undefined : value);
    }
  });

  it("parses again to itself", () => {
    expect(pipelines[pipeline].input.parse(request)).toEqual(request);
  });
});

describe("the examples", () => {
  it("are of every pipeline, in every field that the document has", () => {
    for (const name of pipelineNames) {
      const used = new Set(
        [...fromDocument, ...fromSamples]
          .filter((each) => each.pipeline === name)
          .flatMap(({ input }) => Object.keys(input)),
      );
      const fields = Object.entries(documented(name).input.properties ?? {});
      const optional = ["seed", "box", "mask_input"];
      expect(fields.map(([field]) => field).filter((field) => !used.has(field) && !optional.includes(field))).toEqual(
        [],
      );
    }
    expect(new Set(answers.map(([name]) => name))).toEqual(new Set(pipelineNames));
  });

  it("show LoRAs as the document writes them", () => {
    const shown = fromDocument.filter(({ input }) => input["loras"]).map(({ input }) => input["loras"]);
    expect(shown).toHaveLength(2);
    for (const text of shown) {
      expect(JSON.parse(String(text))).toEqual({ "latent-consistency/lcm-lora-sdxl": 1, "nerijs/pixel-art-xl": 1.2 });
    }
  });
});

describe("an answer as the gateway writes it", () => {
  it.each(answers)("of %s loses nothing: %s", (pipeline, body) => {
    expect(pipelines[pipeline].output.parse(JSON.parse(body))).toEqual(JSON.parse(body));
  });

  it.each(answers)("of %s is none when it is null, as from a gateway that found nobody", (pipeline) => {
    for (const body of [null, "", [], {}, { error: { message: "Service Unavailable Error" } }, { errors: ["no"] }]) {
      expect(pipelines[pipeline].output.safeParse(body).success).toBe(false);
    }
  });
});
