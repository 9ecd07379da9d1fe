import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { fieldRules, type Finding, type PipelineName, pipelineNames, pipelines, prepare } from "../../src/index.ts";
import { anywhere, least, untyped } from "./given.ts";
import { planted, schemaOf } from "./planted.ts";

const findingsIn = (pipeline: PipelineName, input: unknown): ReadonlyArray<Finding> => {
  const prepared = prepare(pipeline, untyped(input), { profile: anywhere });
  return prepared.ok ? [] : prepared.findings;
};

/** A finding that a person can act on. */
const helps = ({ path, rule, severity, message, fix }: Finding): void => {
  expect(path).toBeTypeOf("string");
  expect(Object.keys(fieldRules)).toContain(rule);
  expect(severity).toBe("refuse");
  expect(message).toMatch(/^[a-z][^\n]{5,}[^.]$/);
  expect(fix).toMatch(/^(?!It invalid)[A-Z][^\n]{5,}[.?]$/);
};

describe.each(pipelineNames)("a planted mistake in %s", (name) => {
  const mine = planted
    .filter(({ pipeline }) => pipeline === name)
    .map((each) => ({ ...each, at: JSON.stringify(each.path.slice(0, 40)) }));

  it.each(mine)("is found: $mistake at $at", ({ path, rule, input }) => {
    const findings = findingsIn(name, input);
    expect(findings.map((finding) => [finding.path, finding.rule])).toEqual([[path, rule]]);
    helps(findings[0]!);
  });

  it.each([undefined, null, true, 7, "{}", [], [least[name]], () => least[name]])(
    "is found in no object: %o",
    (input) => {
      const findings = findingsIn(name, input);
      expect(findings.map((finding) => [finding.path, finding.rule])).toEqual([
        ["", input === undefined ? "field-required" : "field-type"],
      ]);
      helps(findings[0]!);
    },
  );

  it("does not hide another one, and each is told once", () => {
    const bad = Object.fromEntries(Object.keys(schemaOf(name).properties ?? {}).map((field) => [field, Symbol("no")]));
    const paths = findingsIn(name, { ...bad, stranger: 1 }).map(({ path }) => path);
    expect(paths.toSorted()).toEqual([...Object.keys(bad), "stranger"].toSorted());
  });

  it("was planted in every field", () => {
    const fields = Object.keys(schemaOf(name).properties ?? {});
    for (const field of fields) expect(mine.filter(({ path }) => path === field).length).toBeGreaterThan(5);
  });
});

describe("a mistake in a text that holds JSON", () => {
  const loras = ["text-to-image", "image-to-image"].flatMap((pipeline) =>
    [
      ...[" ", "{", "[]", "null", "7", '"{}"', "{'a':1}", "undefined", "{}{}", '["a/b"]', '[{"a/b":1}]'],
      ...[
        '"strong"',
        '""',
        '" "',
        "null",
        "-0.1",
        '"-1"',
        '"0x10"',
        "1e999",
        '"Infinity"',
        '"nan"',
        "[1]",
        "{}",
        '{"c/d":1}',
      ].map((strength) => `{"a/b":0.8,"e/f":${strength}}`),
    ].map((text) => [pipeline, "loras", text]),
  );
  const sam = [
    ...["", "x", "[", "{}", "null", "7", "120,100", '[["1","2"]]', "[[1,null]]", "[[1e999,1]]"].map((text) => [
      "point_coords",
      text,
    ]),
    ...["", "1", "[2]", "[-1]", "[true]", '["1"]', "[0.5]", "[[1]]", "{}", "null"].map((text) => [
      "point_labels",
      text,
    ]),
    ...["", '["1","2","3","4"]', "[1,2,3,null]", "[[[[[[1]]]]]]", "{}"].map((text) => ["box", text]),
    ...["", "{}", "null", "7", "[", "0"].map((text) => ["mask_input", text]),
  ].map(([field, text]) => ["segment-anything-2", field, text]);

  it.each([...loras, ...sam])("of %s's %s is told by its field: %j", (pipeline, field, text) => {
    const name = pipeline as "segment-anything-2";
    const findings = findingsIn(name, { ...least[name], [field!]: text });
    expect(findings.map((finding) => [finding.path, finding.rule])).toEqual([[field, "field-form"]]);
    helps(findings[0]!);
  });

  it.each(["text-to-image", "image-to-image"] as const)(
    "of %s's LoRAs is found however deep they are nested",
    (name) => {
      for (const levels of [1, 2_000, 100_000]) {
        const deep = `${'{"a/b":'.repeat(levels)}{}${"}".repeat(levels)}`;
        const findings = findingsIn(name, { ...least[name], loras: deep });
        expect(findings.map(({ path, rule }) => [path, rule])).toEqual([["loras", "field-form"]]);
        expect(findings[0]?.message).toMatch(/^must hold a number from 0 up for each LoRA/);
        helps(findings[0]!);
      }
    },
  );

  it("is none in what the runner takes for LoRAs", () => {
    const anyNumber = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    const strength = fc.oneof(anyNumber, anyNumber.map(String), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), strength), (given) => {
        expect(findingsIn("text-to-image", { ...least["text-to-image"], loras: JSON.stringify(given) })).toEqual([]);
      }),
    );
  });
});

describe("a mistake in a text", () => {
  it.each<[PipelineName, string]>([
    ["text-to-image", "prompt"],
    ["image-to-image", "prompt"],
    ["upscale", "prompt"],
    ["text-to-speech", "text"],
  ])("that %s must have: %s of nothing but space", (pipeline, field) => {
    for (const text of ["", " ", "\n\t", "\u3000\ufeff"]) {
      const findings = findingsIn(pipeline, { ...least[pipeline], [field]: text });
      expect(findings.map((finding) => [finding.path, finding.rule])).toEqual([[field, "field-form"]]);
      helps(findings[0]!);
    }
  });

  it.each(pipelineNames)("that names a model of %s: a space", (name) => {
    const { modelField } = pipelines[name];
    for (const model of [" ", "a b", "owner/model ", "owner/model\n", "a\u00a0b"]) {
      const findings = findingsIn(name, { ...least[name], [modelField]: model });
      expect(findings.map((finding) => [finding.path, finding.rule])).toEqual([[modelField, "field-form"]]);
      helps(findings[0]!);
    }
  });

  it.each(["subscribe_url", "publish_url", "control_url", "events_url"])("that is an address: %s", (field) => {
    for (const text of ["nowhere", "//example.com", "http://", " "]) {
      const findings = findingsIn("live-video-to-video", { ...least["live-video-to-video"], [field]: text });
      expect(findings.map((finding) => [finding.path, finding.rule])).toEqual([[field, "field-form"]]);
      helps(findings[0]!);
    }
  });

  const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
  const looped: Record<string, unknown> = {};
  looped["self"] = [looped, looped];

  it.each([
    ["not JSON", { list: [1, { deep: undefined }] }],
    ["a big integer", { a: 7n }],
    ["no number", { a: [NaN] }],
    ["nested too deeply", { a: nested(101) }],
    ["nested so deeply that a stack would end", { a: nested(100_000) }],
    ["endless", looped],
  ])("in the parameters of a live pipeline is found: %s", (_, params) => {
    const [finding, ...others] = findingsIn("live-video-to-video", { ...least["live-video-to-video"], params });
    expect(finding).toMatchObject({ path: "params", rule: "field-form" });
    expect(others).toEqual([]);
    helps(finding!);
  });

  it("is none in parameters of a hundred levels", () => {
    const params = { a: nested(100) };
    expect(findingsIn("live-video-to-video", { ...least["live-video-to-video"], params })).toEqual([]);
  });
});

describe("a huge input", () => {
  const million = 1_000_000;

  it.each(pipelineNames)("of %s is taken or refused at once, in every text", (name) => {
    const { properties = {} } = schemaOf(name);
    const texts = Object.keys(properties).filter((field) => properties[field]?.type === "string");
    const started = performance.now();
    for (const field of [...texts, "x".repeat(million)]) {
      for (const text of ["x".repeat(million), " ".repeat(million), "[".repeat(million), "\ud800".repeat(million)]) {
        findingsIn(name, { ...least[name], [field]: text }).forEach(helps);
      }
    }
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it("may be a prompt of a million characters, which is sent as it is", () => {
    const prompt = "🦊".repeat(million / 2);
    const prepared = prepare("text-to-image", { prompt }, { profile: anywhere });
    expect(prepared.ok && prepared.request.prompt).toBe(prompt);
  });

  it("may hold ten thousand mistakes, of which a hundred are told", () => {
    const messages = Array.from({ length: 10_000 }, () => ({ role: "robot", content: "Hello" }));
    const findings = findingsIn("llm", { messages });
    expect(findings).toHaveLength(100);
    expect(findings.at(-1)).toMatchObject({ path: "messages.99.role", rule: "field-value" });
  });
});

describe("a stranger's input", () => {
  const names = fc.constantFrom(...pipelineNames);
  const known = pipelineNames.flatMap((name) => Object.keys(schemaOf(name).properties ?? {}));
  const value = fc.oneof(
    fc.jsonValue(),
    fc.anything(),
    fc.string({ unit: "binary" }),
    fc.integer({ min: 0, max: 1024 }),
  );
  const bag = fc.dictionary(fc.oneof(fc.constantFrom(...known), fc.string({ unit: "binary" })), value);
  const nearly = names.chain((name) => bag.map((own) => [name, { ...least[name], ...own }] as const));
  const anyhow = fc.oneof(nearly, fc.tuple(names, fc.oneof(bag, fc.jsonValue(), fc.anything())));
  const small = fc.record(
    {
      prompt: fc.string({ minLength: 1 }),
      width: fc.integer({ min: 8, max: 512 }).map((blocks) => blocks * 8),
      model_id: fc.constantFrom("", "ByteDance/SDXL-Lightning", "stabilityai/sdxl-turbo", "a"),
      loras: fc.constantFrom("", "{}"),
      seed: fc.nat(),
    },
    { requiredKeys: ["prompt"] },
  );
  const inputs = fc.oneof(
    anyhow,
    small.map((input) => ["text-to-image", input] as const),
  );

  it("is a request that parses to itself, or has a mistake with a fix; nothing ever throws", () => {
    fc.assert(
      fc.property(inputs, ([name, input]) => {
        const prepared = prepare(name, untyped(input), { profile: anywhere });
        if (prepared.ok) {
          expect(prepare(name, prepared.request, { profile: anywhere })).toEqual(prepared);
        } else {
          expect(prepared.findings.length).toBeGreaterThan(0);
          prepared.findings.forEach(helps);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("never changes what every object inherits, nor itself", () => {
    for (const name of pipelineNames) {
      const text = '{"prompt":"a","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
      const input = JSON.parse(text) as object;
      findingsIn(name, Object.freeze(input));
      expect(JSON.stringify(input)).toBe(text);
      expect({}).not.toHaveProperty("polluted");
    }
  });
});
