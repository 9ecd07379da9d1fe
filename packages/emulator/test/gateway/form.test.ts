/** net/http, mime/multipart and oapi-codegen's runtime.BindMultipart, as a client hears them. */
import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, nothing, statusOf } from "../ask.ts";
import { png } from "./files.ts";
import { askFor, batchNames, boundary, formType, multipart, refusedWith, requestFor } from "./requests.ts";

const formNames = batchNames.filter((name) => !["text-to-image", "llm", "text-to-speech"].includes(name));

describe("a request that is no form", () => {
  for (const name of formNames) {
    it(`is refused by ${name}`, async () => {
      await using emulator = await startEmulator();
      for (const headers of [
        {},
        { "Content-Type": "application/json" },
        { "Content-Type": "application/x-www-form-urlencoded" },
        { "Content-Type": "multipart/form-datum; boundary=x" },
      ]) {
        const heard = await ask(emulator.url, { ...requestFor(name), headers });
        refusedWith(heard, "request Content-Type isn't multipart/form-data");
      }
    });
  }
});

describe("a form that cannot be read", () => {
  const whole = multipart([{ name: "prompt", content: "a fox" }]);
  const table: ReadonlyArray<readonly [what: string, type: string, body: string | Buffer, message: string]> = [
    ["without a boundary", "multipart/form-data", whole, "no multipart boundary param in Content-Type"],
    ["that is empty", formType["Content-Type"], "", "multipart: NextPart: EOF"],
    ["with another boundary", "multipart/form-data; boundary=other", whole, "multipart: NextPart: EOF"],
    ["that breaks off", formType["Content-Type"], whole.subarray(0, -30), "unexpected EOF"],
  ];
  for (const [what, type, body, message] of table) {
    it(`${what}: ${message}`, async () => {
      await using emulator = await startEmulator();
      const heard = await ask(emulator.url, {
        method: "POST",
        path: "/upscale",
        headers: { "Content-Type": type },
        body,
      });
      refusedWith(heard, message);
    });
  }

  it("may name its boundary in quotes, and its type in capitals", async () => {
    await using emulator = await startEmulator();
    const headers = { "Content-Type": `Multipart/Form-Data; charset=utf-8; boundary="${boundary}"` };
    assert.strictEqual(statusOf(await ask(emulator.url, { ...requestFor("upscale"), headers })), 200);
  });
});

describe("a text in a field of another type is refused with Go's words", () => {
  const said = (what: string) => `error binding string parameter: ${what}`;
  const table: ReadonlyArray<readonly [fields: Record<string, string>, message: string]> = [
    [{ seed: "x" }, 'strconv.ParseInt: parsing "x": invalid syntax'],
    [{ seed: "" }, 'strconv.ParseInt: parsing "": invalid syntax'],
    [{ seed: "7.0" }, 'strconv.ParseInt: parsing "7.0": invalid syntax'],
    [{ seed: "9223372036854775808" }, 'strconv.ParseInt: parsing "9223372036854775808": value out of range'],
    [{ safety_check: "yes" }, 'strconv.ParseBool: parsing "yes": invalid syntax'],
    [{ strength: "half" }, 'strconv.ParseFloat: parsing "half": invalid syntax'],
    [{ strength: "1e400" }, 'strconv.ParseFloat: parsing "1e400": value out of range'],
    [{ strength: "1e39" }, "value '1e39' overflows destination of type: float32"],
    // In the order of Go's struct, not of the form.
    [{ seed: "x", num_inference_steps: "y" }, 'strconv.ParseInt: parsing "y": invalid syntax'],
  ];
  for (const [fields, message] of table) {
    it(`${JSON.stringify(fields)}: ${message}`, async () => {
      refusedWith((await askFor("image-to-image", fields)).heard, said(message));
    });
  }

  it("before a model is looked for", async () => {
    refusedWith(
      (await askFor("image-to-image", { model_id: "nobody/has-this", seed: "x" })).heard,
      said('strconv.ParseInt: parsing "x": invalid syntax'),
    );
  });

  it("but not where Go reads it, nor in a field that Go does not know", async () => {
    for (const fields of [
      { seed: "+7" },
      { seed: "-9223372036854775808" },
      { safety_check: "T" },
      { safety_check: "0" },
      { strength: ".5" },
      { strength: "5e-1" },
      { steps: "many" },
    ]) {
      assert.strictEqual(statusOf((await askFor("image-to-image", fields)).heard), 200, JSON.stringify(fields));
    }
  });
});

describe("the parts of a form", () => {
  const send = async (parts: Parameters<typeof multipart>[0]) => {
    await using emulator = await startEmulator();
    return await ask(emulator.url, { method: "POST", path: "/upscale", headers: formType, body: multipart(parts) });
  };
  const model = { name: "model_id", content: "stabilityai/stable-diffusion-x4-upscaler" };
  const prompt = { name: "prompt", content: "a fox" };
  const file = { name: "image", content: png(8, 8), filename: "a.png" };

  it("may come in any order, the first of a name counts, and a file needs no type", async () => {
    const heard = await send([file, prompt, model, { name: "model_id", content: "nobody/has-this" }]);
    assert.strictEqual(statusOf(heard), 200);
  });

  it("are files by their file name alone: an image without one is a text", async () => {
    assert.deepStrictEqual(await send([model, prompt, { name: "image", content: png(8, 8) }]), nothing);
  });

  it("are read for their own names: a file in place of the model id is none", async () => {
    assert.deepStrictEqual(await send([{ ...model, filename: "model.txt" }, prompt, file]), nothing);
  });
});
