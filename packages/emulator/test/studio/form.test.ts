/** Forms, as multer 1.4.5 and busboy 1.6 read them, and as Studio's validateFormData checks them. */
import { assert, describe, it } from "vitest";
import { readForm } from "../../src/studio/form.ts";
import { readParts } from "../../src/studio/parts.ts";
import { firstError } from "../../src/studio/validate.ts";
import { studioPipelines } from "../../src/studio/schemas.ts";
import { askStudio, formRequest, imageRequest, type Part, png, refusedWith, texts } from "./studio.ts";

/** What is wrong with the form, in ajv's words: where, and what it must be. */
const checked = (pipeline: keyof typeof studioPipelines, parts: ReadonlyArray<Part>) => {
  const { headers, body } = formRequest(pipeline, parts);
  const read = readForm(headers["Content-Type"], Buffer.from(body));
  assert.isTrue(read.ok);
  const error = firstError(studioPipelines[pipeline], read.payload.checked);
  return error === undefined ? undefined : `${error.instancePath} ${error.message}`;
};

describe("a form", () => {
  it("must be one", async () => {
    const path = "/api/beta/generate/image-to-image";
    refusedWith(
      await askStudio({ ...imageRequest({ prompt: "a fox", image: "a" }), path }),
      422,
      "Expected multipart/form-data content-type",
    );
  });

  it("is refused as JSON is, with ajv's first error", async () => {
    refusedWith(
      await askStudio(formRequest("upscale", [png])),
      422,
      '{"instancePath":"","schemaPath":"#/required","keyword":"required","params":{"missingProperty":"prompt"},"message":"must have required property \'prompt\'"}',
    );
  });

  it("that breaks off, or has no boundary, is an error that Studio does not explain", async () => {
    const form = formRequest("upscale", [png]);
    const message = "Internal server error: Error";
    refusedWith(await askStudio({ ...form, body: form.body.slice(0, -8) }), 500, message);
    const headers = { ...form.headers, "Content-Type": "multipart/form-data" };
    refusedWith(await askStudio({ ...form, headers }), 500, message);
  });

  it("whose text has no name is refused", async () => {
    refusedWith(await askStudio(formRequest("upscale", texts({ "": "a fox" }))), 422, "Field name missing");
  });

  const limits: ReadonlyArray<readonly [what: string, part: Part, limit: number, message: string]> = [
    ["file", png, 10_485_760, "File too large"],
    ["text", { name: "prompt", value: "" }, 1_048_576, "Field value too long"],
  ];
  for (const [what, part, limit, message] of limits) {
    const sized = (length: number) => formRequest("upscale", [{ ...part, value: "a".repeat(length) }]);

    it(`may hold a ${what} of ${limit - 1} bytes and no more`, async () => {
      refusedWith(await askStudio(sized(limit)), 422, message);
      const { headers, body } = sized(limit - 1);
      assert.isTrue(readForm(headers["Content-Type"], Buffer.from(body)).ok);
    });
  }

  it("counts text in bytes, and complains of its first part that is too long", async () => {
    const long: ReadonlyArray<Part> = [
      { name: "prompt", value: "é".repeat(524_288) },
      { ...png, value: "a".repeat(10_485_760) },
    ];
    refusedWith(await askStudio(formRequest("upscale", long)), 422, "Field value too long");
    refusedWith(await askStudio(formRequest("upscale", [...long].reverse())), 422, "File too large");
  });
});

describe("a text in a form is what it looks like", () => {
  const table: ReadonlyArray<readonly [fields: Record<string, string>, wrong: string | undefined]> = [
    [{ prompt: "a red fox", seed: "7", safety_check: "true", guidance_scale: "7.5" }, undefined],
    [{ prompt: "3 cats" }, "/prompt must be string"],
    [{ prompt: " -12.5°C" }, "/prompt must be string"],
    [{ prompt: "Infinity" }, "/prompt must be string"],
    [{ prompt: "true" }, "/prompt must be string"],
    [{ prompt: "false" }, "/prompt must be string"],
    [{ prompt: "True" }, undefined],
    [{ prompt: "true colours" }, undefined],
    [{ prompt: "" }, undefined],
    [{ prompt: "a fox", seed: "7 or so" }, undefined],
    [{ prompt: "a fox", seed: "7.5" }, "/seed must be integer"],
    [{ prompt: "a fox", seed: "" }, "/seed must be integer"],
    [{ prompt: "a fox", seed: "NaN" }, "/seed must be integer"],
    [{ prompt: "a fox", safety_check: "1" }, "/safety_check must be boolean"],
    [{ prompt: "a fox", guidance_scale: "Infinity" }, "/guidance_scale must be number"],
    [{ prompt: "a fox", model_id: "4x/upscaler" }, "/model_id must be string"],
    [{ prompt: "a fox", style: "oil" }, " must NOT have additional properties"],
  ];
  for (const [fields, wrong] of table) {
    it(`${JSON.stringify(fields)}: ${wrong ?? "nothing wrong"}`, async () => {
      assert.strictEqual(checked("image-to-image", [png, ...texts(fields)]), wrong);
    });
  }

  it("two of one name are a list, which is no string, though two numbers are one", async () => {
    const twice = (value: string) => texts({ prompt: value }).flatMap((part) => [part, part]);
    assert.strictEqual(checked("llm", twice("a fox")), "/prompt must be string");
    const seeds = texts({ seed: "7" }).flatMap((part) => [part, part]);
    assert.isUndefined(checked("image-to-image", [png, ...texts({ prompt: "a fox" }), ...seeds]));
  });

  it("audio's timestamps may be asked for by a word alone", async () => {
    const audio: Part = { ...png, name: "audio", filename: "fox.wav", type: "audio/wav" };
    const asked = (return_timestamps: string) => checked("audio-to-text", [audio, ...texts({ return_timestamps })]);
    assert.isUndefined(asked("word"));
    assert.strictEqual(asked("true"), "/return_timestamps must be string");
  });
});

describe("the parts of a form", () => {
  const partsOf = (...parts: ReadonlyArray<string>) => {
    const body = `${parts.map((part) => `--fox\r\n${part}\r\n`).join("")}--fox--`;
    return readParts('multipart/form-data; charset=utf-8; boundary="fox"', Buffer.from(body));
  };
  const content = (text: string) => Buffer.from(text);

  it("are those of a form, whatever the case of their headers, quoted or not", () => {
    assert.deepStrictEqual(
      partsOf(
        "CONTENT-DISPOSITION: Form-Data; Name=prompt\r\n\r\na fox",
        'Content-Type: Image/PNG; q=1\r\nContent-Disposition: form-data; filename="a \\"b\\".png"; name="image"\r\n\r\n\r\n--fo\r\n',
        "Content-Disposition: attachment; name=other\r\n\r\nno part of it",
        "X-Nothing: at all\r\n\r\nno part of it",
      ),
      [
        { name: "prompt", filename: undefined, type: "text/plain", content: content("a fox") },
        { name: "image", filename: 'a "b".png', type: "image/png", content: content("\r\n--fo\r\n") },
      ],
    );
  });

  it("may be none, between a preamble and an epilogue", () => {
    const type = "multipart/form-data; boundary=fox";
    assert.deepStrictEqual(readParts(type, Buffer.from("hello\r\n--fox--\r\nbye")), []);
  });

  it("end where the boundary begins a line, even one that says more", () => {
    const part =
      "Content-Disposition: form-data; name=a\r\n\r\n1\r\n--foxes\r\nContent-Disposition: form-data; name=b\r\n\r\n2";
    assert.deepStrictEqual(
      partsOf(part)?.map((found) => found.content),
      [content("1")],
    );
  });

  it("need headers that end", () => {
    assert.isUndefined(partsOf("Content-Disposition: form-data; name=prompt"));
    assert.isUndefined(partsOf("a fox"));
    assert.isUndefined(partsOf("Content-Disposition: form-data; name=a", "X-Nothing: at all\r\n\r\n"));
  });
});

describe("a file in a form", () => {
  it("is not looked at, and text does in its place", async () => {
    assert.isUndefined(checked("image-to-video", [{ ...png, value: "" }]));
    assert.isUndefined(checked("image-to-video", texts({ image: "fox.png" })));
  });

  it("without a name is not there, unless it says that it is something else than bytes", async () => {
    const unnamed = { ...png, filename: "", type: "application/octet-stream" };
    assert.strictEqual(checked("image-to-video", [unnamed]), " must have required property 'image'");
    assert.isUndefined(checked("image-to-video", [{ ...unnamed, type: "image/png" }]));
  });

  it("under another name is one field too many", async () => {
    const mask = { ...png, name: "mask" };
    assert.strictEqual(checked("image-to-video", [png, mask]), " must NOT have additional properties");
  });
});
