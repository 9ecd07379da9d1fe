/** What was sent in a refused field is told with it: shortly, and never a person's words or a key. */
import { describe, expect, it } from "@effect/vitest";
import { withSent } from "../../src/index.ts";
import { dialects, errorIn, express, fastApi, goJson, key, seen } from "../wire.ts";

/** What an error says was sent at a path, which is told as FastAPI does. */
const sentAt = (loc: ReadonlyArray<string | number>, input: unknown): unknown => {
  const wire = fastApi(422, JSON.stringify({ detail: [{ loc: ["body", ...loc], msg: "is odd" }] }));
  const error = errorIn("runner", { ...seen(wire), input });
  if (error._tag !== "InvalidRequest") throw new Error("This is no InvalidRequest.");
  expect(error.fields).toHaveLength(1);
  return error.fields[0]?.sent;
};

const prompt = "a red fox in the snow";

describe("what was sent in a field", () => {
  it.each([
    ["a number", 12.5, "12.5"],
    ["a negative zero", -0, "0"],
    ["a number that is none", Number.NaN, "NaN"],
    ["a big integer", 12n, "12"],
    ["a boolean", false, "false"],
    ["a text", "1024", '"1024"'],
    ["a text that needs escapes", 'a"b\\', '"a\\"b\\\\"'],
    ["more than one word", "a red fox", "a text of 9 characters"],
    ["a word and a line break", "fox\n", "a text of 4 characters"],
    ["an empty text", "", '""'],
    ["a text of 60 characters", "x".repeat(60), `"${"x".repeat(60)}"`],
    ["a text of 61 characters", "x".repeat(61), "a text of 61 characters"],
    ["null", null, "null"],
    ["undefined", undefined, "nothing"],
    ["a list", [1, 2, 3], "a list of 3"],
    ["an empty list", [], "a list of 0"],
    ["an object", { a: 1 }, "an object"],
    ["bytes", new Uint8Array(5), "5 bytes"],
  ])("is %s", (_, value, sent) => {
    expect(sentAt(["seed"], { seed: value })).toBe(sent);
  });

  it("is nothing when the field is missing", () => {
    expect(sentAt(["seed"], {})).toBe("nothing");
    expect(sentAt(["seed"], { Seed: 1 })).toBe("nothing");
  });

  it.each([[null], ["a text"], [7], [[]]])("is nothing when there are no fields: %j", (input) => {
    expect(sentAt(["seed"], input)).toBe("nothing");
  });

  it("is not told when the request is not known", () => {
    expect(sentAt(["seed"], undefined)).toBeUndefined();
  });

  it.each([
    [["options", "seed"], "7"],
    [["options", "sizes", 1], "768"],
    [["options", "sizes", 7], "nothing"],
    [["options", "deep", "deeper"], "nothing"],
    [["options", "seed", "digits"], "nothing"],
    [["options", "name", "0"], "nothing"],
    [["messages", 1], "an object"],
    // All that is within messages was written for a model.
    [["messages", 1, "role"], "a text of 5 characters"],
  ])("is found within other fields: %j", (loc, sent) => {
    const input = {
      messages: [{ role: "user" }, { role: "robot" }],
      options: { seed: 7, sizes: [512, 768], name: "fox" },
    };
    expect(sentAt(loc, input)).toBe(sent);
  });

  it.each([
    ["__proto__"],
    ["constructor"],
    ["toString"],
    ["hasOwnProperty"],
    ["constructor.name"],
    ["__proto__.polluted"],
  ])("is nothing under a name that every object has: %s", (path) => {
    expect(sentAt(path.split("."), { seed: 1 })).toBe("nothing");
  });

  it("is what was sent under such a name, if it was", () => {
    expect(sentAt(["__proto__"], JSON.parse('{"__proto__":7}'))).toBe("7");
    expect(sentAt(["constructor"], { constructor: "x" })).toBe('"x"');
  });
});

describe("a person's words", () => {
  it.each(["prompt", "negative_prompt", "text", "description", "content", "system_msg", "history", "metadata"])(
    "in %s are told by their length",
    (field) => {
      expect(sentAt([field], { [field]: prompt })).toBe("a text of 21 characters");
    },
  );

  it.each([
    ["", "a text of 0 characters"],
    ["a", "a text of 1 character"],
    ["ab", "a text of 2 characters"],
  ])("are counted: %j", (text, sent) => {
    expect(sentAt(["prompt"], { prompt: text })).toBe(sent);
  });

  it("are not told within messages either", () => {
    expect(sentAt(["messages", 0, "content"], { messages: [{ content: prompt }] })).toBe("a text of 21 characters");
    expect(sentAt(["messages", 0, "anything"], { messages: [{ anything: prompt }] })).toBe("a text of 21 characters");
  });

  it("may be no words, and then are told", () => {
    expect(sentAt(["prompt"], { prompt: 3 })).toBe("3");
    expect(sentAt(["prompt"], {})).toBe("nothing");
    expect(sentAt(["prompt"], { prompt: [prompt] })).toBe("a list of 1");
  });

  it.each(dialects)("are in no part of an error, as %s", (dialect) => {
    const input = { prompt, negative_prompt: prompt, messages: [{ role: "user", content: prompt }] };
    const bodies = [
      goJson(400, '{"error":{"message":"json: cannot unmarshal string into Go struct field A.prompt of type int"}}\n'),
      express(422, '{"errors":["{\\"instancePath\\":\\"/prompt\\",\\"message\\":\\"must be string\\"}"]}'),
      fastApi(422, '{"detail":[{"loc":["body","messages",0,"content"],"msg":"is odd"}]}'),
    ];
    for (const wire of bodies) {
      const error = errorIn(dialect, { ...seen(wire), input });
      expect(JSON.stringify(error)).toContain("a text of 21 characters");
      expect(JSON.stringify(error)).not.toContain("fox");
    }
  });
});

describe("a refused field, with what was sent", () => {
  const input = { prompt, width: "1024", seed: 7 };

  it.each([
    [
      "go-livepeer",
      goJson(400, '{"error":{"message":"json: cannot unmarshal string into Go struct field A.width of type int"}}\n'),
      "json: cannot unmarshal string into Go struct field A.width of type int",
    ],
    [
      "studio",
      express(422, '{"errors":["{\\"instancePath\\":\\"/width\\",\\"message\\":\\"must be integer\\"}"]}'),
      "must be integer",
    ],
    ["runner", fastApi(422, '{"detail":[{"loc":["body","width"],"msg":"must be integer"}]}'), "must be integer"],
  ] as const)("is told by %s", (dialect, wire, message) => {
    const error = errorIn(dialect, { ...seen(wire), input });
    expect(error).toMatchObject({ fields: [{ path: "width", message, sent: '"1024"' }] });
    expect(error.message).toBe(`my-gateway refused this text-to-image request: width: ${message} (sent "1024")`);
  });

  it("is told of every field, but of no mistake without one", () => {
    const body =
      '{"detail":[{"loc":["body","seed"],"msg":"one"},{"loc":["body"],"msg":"two"},{"loc":["body","steps"],"msg":"three"}]}';
    expect(errorIn("runner", { ...seen(fastApi(422, body)), input })).toMatchObject({
      fields: [
        { path: "seed", message: "one", sent: "7" },
        { path: "", message: "two" },
        { path: "steps", message: "three", sent: "nothing" },
      ],
      message: "my-gateway refused this text-to-image request: seed: one (sent 7); two; steps: three (sent nothing)",
    });
  });

  it("is told without the key, should that have been put there", () => {
    expect(sentAt(["model_id"], { model_id: key })).toBe('"<redacted>"');
    expect(sentAt(["model_id"], { model_id: `Bearer:${key}` })).toBe('"Bearer:<redacted>"');
    expect(sentAt(["model_id"], { model_id: encodeURIComponent(`${key}&`) })).toBe('"<redacted>%26"');
  });
});

describe("withSent", () => {
  it("leaves a mistake that says it already, and one that is in no field", () => {
    const fields = [
      { path: "seed", message: "one", sent: "0x7" },
      { path: "", message: "two" },
    ];
    expect(withSent(fields, { seed: 7 })).toEqual(fields);
  });

  it("takes secrets out, if it is told them", () => {
    const fields = [{ path: "model_id", message: "is unknown" }];
    expect(withSent(fields, { model_id: key }, [key])).toEqual([{ ...fields[0], sent: '"<redacted>"' }]);
    expect(withSent(fields, { model_id: "a/b" })).toEqual([{ ...fields[0], sent: '"a/b"' }]);
  });

  it("leaves its input as it was", () => {
    const fields = [{ path: "seed", message: "one" }];
    expect(withSent(fields, { seed: 7 })).toEqual([{ path: "seed", message: "one", sent: "7" }]);
    expect(fields).toEqual([{ path: "seed", message: "one" }]);
  });
});
