/**
 * The sentences are those of Go's encoding/json (decode.go and scanner.go, Go 1.25), which go-livepeer passes on. Its
 * request body is an alias of worker.TextToImageParams (ai/worker/runner.gen.go), read by a json.Decoder.
 */
import { startEmulator } from "@sluice/emulator";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { decodeJson } from "../src/gateway/goDecode.ts";
import { parseGoJson } from "../src/gateway/goJson.ts";
import { textToImageParams } from "../src/gateway/pipelines/textToImage.ts";
import { headerOf, type Heard, statusOf } from "./ask.ts";
import { generate, generateFrom, warmModel } from "./generate.ts";

const refusedWith = (heard: Heard, message: string) => {
  assert.strictEqual(heard.head[0], "HTTP/1.1 400 Bad Request");
  assert.strictEqual(headerOf(heard, "content-type"), "application/json");
  assert.strictEqual(heard.body.toString(), `{"error":{"message":${JSON.stringify(message)}}}\n`);
};

const field = (value: string, name: string, type: string) =>
  `json: cannot unmarshal ${value} into Go struct field TextToImageParams.${name} of type ${type}`;
const whole = (value: string) => `json: cannot unmarshal ${value} into Go value of type worker.TextToImageParams`;

describe("a body that is not JSON is refused with Go's words", () => {
  const table: ReadonlyArray<readonly [body: string, message: string]> = [
    ["", "EOF"],
    [" \n", "EOF"],
    ["{", "unexpected EOF"],
    ['{"prompt":"a fox"', "unexpected EOF"],
    ['"a fox', "unexpected EOF"],
    ["prompt=a+fox", "invalid character 'p' looking for beginning of value"],
    ["'a fox'", String.raw`invalid character '\'' looking for beginning of value`],
    ["not JSON", "invalid character 'o' in literal null (expecting 'u')"],
    ['{"prompt":}', "invalid character '}' looking for beginning of value"],
    ["{prompt:1}", "invalid character 'p' looking for beginning of object key string"],
    ['{"prompt":"a fox",}', "invalid character '}' looking for beginning of object key string"],
    ['{"prompt":"a fox" "seed":1}', `invalid character '"' after object key:value pair`],
  ];
  for (const [body, message] of table) {
    it(`${JSON.stringify(body)}: ${message}`, async () => {
      await using emulator = await startEmulator();
      refusedWith(await generateFrom(emulator.url, body), message);
    });
  }

  it("in which Go's encoder escapes what HTML minds", async () => {
    await using emulator = await startEmulator();
    const { body } = await generateFrom(emulator.url, "<html>");
    const said = String.raw`{"error":{"message":"invalid character '\u003c' looking for beginning of value"}}`;
    assert.strictEqual(body.toString(), `${said}\n`);
  });

  it("but what follows the first value is never read", async () => {
    await using emulator = await startEmulator();
    const body = `{"model_id":"${warmModel}","prompt":"a fox"} and then some`;
    assert.strictEqual(statusOf(await generateFrom(emulator.url, body)), 200);
  });
});

/** One scanner serves every place, so that these are asked of it alone. */
describe("Go's scanner", () => {
  const table: ReadonlyArray<readonly [text: string, message: string]> = [
    ["nul", "unexpected EOF"],
    ["truth", "invalid character 't' in literal true (expecting 'e')"],
    ["fail", "invalid character 'i' in literal false (expecting 'l')"],
    ["[1,]", "invalid character ']' looking for beginning of value"],
    ["[1 2]", "invalid character '2' after array element"],
    ["[01]", "invalid character '1' after array element"],
    ["[1}", "invalid character '}' after array element"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ["{,}", "invalid character ',' looking for beginning of object key string"],
    ["-", "unexpected EOF"],
    ["-x", "invalid character 'x' in numeric literal"],
    ["1.}", "invalid character '}' after decimal point in numeric literal"],
    ["1e+}", "invalid character '}' in exponent of numeric literal"],
    ['"\n"', String.raw`invalid character '\n' in string literal`],
    ['"\u0001"', String.raw`invalid character '\x01' in string literal`],
    [String.raw`"\'"`, String.raw`invalid character '\'' in string escape code`],
    [String.raw`"\u00g0"`, String.raw`invalid character 'g' in \u hexadecimal character escape`],
    ["\\", String.raw`invalid character '\\' looking for beginning of value`],
    ["\u00a0{}", "invalid character '\u00c2' looking for beginning of value"],
    ["\u{1f98a}", "invalid character '\u00f0' looking for beginning of value"],
    ["{\u201cprompt\u201d:1}", "invalid character '\u00e2' looking for beginning of object key string"],
  ];
  for (const [text, message] of table) {
    it(`${JSON.stringify(text)}: ${message}`, () => {
      assert.deepStrictEqual(parseGoJson(text), { ok: false, message });
    });
  }

  it("bears 10,000 levels and no more, and a hundred thousand do no harm", () => {
    const nested = (depth: number) => parseGoJson("[".repeat(depth) + "]".repeat(depth));
    assert.isTrue(nested(10_000).ok);
    const message = "invalid character '[' exceeded max depth";
    assert.deepStrictEqual(nested(10_001), { ok: false, message });
    assert.deepStrictEqual(nested(100_000), { ok: false, message });
  });

  const texts = fc.jsonValue({ stringUnit: "binary" }).map((value) => JSON.stringify(value));

  it("reads what JSON.parse reads, whatever follows", () => {
    fc.assert(
      fc.property(texts, fc.string(), (text, rest) => {
        const parsed = parseGoJson(`${text} ${rest}`);
        assert.isTrue(parsed.ok);
        assert.deepStrictEqual(parsed.json.value, JSON.parse(text));
      }),
    );
  });

  it("misses the end of whatever was cut short, but of a number", () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, at) => {
        const cut = text.slice(0, at % text.length);
        const parsed = parseGoJson(cut);
        if (parsed.ok) assert.strictEqual(parsed.json.kind, "number");
        else assert.strictEqual(parsed.message, cut === "" ? "EOF" : "unexpected EOF");
      }),
    );
  });

  it("refuses only what JSON.parse refuses as well", () => {
    const pieces = fc.constantFrom(" ", ...'{ } [ ] : , " \\ / u 00e9 - . E null'.split(" "));
    fc.assert(
      fc.property(fc.string({ unit: pieces }), (text) => {
        if (!parseGoJson(text).ok) assert.throws(() => JSON.parse(text) as unknown, SyntaxError);
      }),
    );
  });
});

describe("a body of another shape is refused with Go's words", () => {
  const table: ReadonlyArray<readonly [body: string, message: string]> = [
    ['"a fox"', whole("string")],
    ["[]", whole("array")],
    ["true", whole("bool")],
    ["12", whole("number")],
    ['{"width":"512"}', field("string", "width", "int")],
    ['{"height":true}', field("bool", "height", "int")],
    ['{"width":512.5}', field("number 512.5", "width", "int")],
    ['{"width":512.0}', field("number 512.0", "width", "int")],
    ['{"seed":99999999999999999999}', field("number 99999999999999999999", "seed", "int")],
    ['{"width":1e3}', field("number 1e3", "width", "int")],
    ['{"seed":9223372036854775808}', field("number 9223372036854775808", "seed", "int")],
    ['{"guidance_scale":1e39}', field("number 1e39", "guidance_scale", "float32")],
    ['{"WIDTH":"512"}', field("string", "width", "int")],
    ['{"width":"512","width":512}', field("string", "width", "int")],
    ['{"prompt":3}', field("number", "prompt", "string")],
    ['{"prompt":["a fox"]}', field("array", "prompt", "string")],
    ['{"model_id":{}}', field("object", "model_id", "string")],
    ['{"loras":{"a":1}}', field("object", "loras", "string")],
    ['{"guidance_scale":"7.5"}', field("string", "guidance_scale", "float32")],
    ['{"safety_check":1}', field("number", "safety_check", "bool")],
    ['{"num_inference_steps":"6"}', field("string", "num_inference_steps", "int")],
    ['{"num_images_per_prompt":[]}', field("array", "num_images_per_prompt", "int")],
    ['{"negative_prompt":false}', field("bool", "negative_prompt", "string")],
  ];
  for (const [body, message] of table) {
    it(`${body}: ${message}`, async () => {
      await using emulator = await startEmulator();
      refusedWith(await generateFrom(emulator.url, body), message);
    });
  }

  it("which name the first mistake alone", async () => {
    await using emulator = await startEmulator();
    const heard = await generateFrom(emulator.url, '{"width":"a","height":"b"}');
    refusedWith(heard, field("string", "width", "int"));
  });

  it("after those of syntax, wherever they are", async () => {
    await using emulator = await startEmulator();
    refusedWith(
      await generateFrom(emulator.url, '{"width":"a",}'),
      "invalid character '}' looking for beginning of object key string",
    );
  });

  it("but not for null, for names that Go does not know, or for any int64", () => {
    const fitting = {
      null: {},
      '{"prompt":null,"width":null,"__proto__":[]}': { prompt: null, width: null },
      '{"size":"1x1","Width":8,"width":16}': { width: 16 },
      '{"seed":-9223372036854775808}': { seed: -(2 ** 63) },
    };
    for (const [text, params] of Object.entries(fitting)) {
      const decoded = decodeJson(textToImageParams, text);
      assert.isTrue(decoded.ok, text);
      assert.deepStrictEqual(decoded.params, params);
    }
  });
});

describe("what the runner refuses arrives with the gateway's colon in front", () => {
  for (const prompt of ["", null, undefined]) {
    it(`a prompt that is ${prompt === "" ? "empty" : String(prompt)}`, async () => {
      await using emulator = await startEmulator();
      refusedWith(await generate(emulator.url, { prompt }), ": Prompt must be provided.");
    });
  }

  it("a size that is not a multiple of 8, height first", async () => {
    await using emulator = await startEmulator();
    const said = (height: number, width: number) =>
      `: \`height\` and \`width\` have to be divisible by 8 but are ${height} and ${width}.`;
    refusedWith(await generate(emulator.url, { width: 1001, height: 576 }), said(576, 1001));
    refusedWith(await generate(emulator.url, { height: 700 }), said(700, 512));
  });
});
