/** Forms, byte by byte, and as the readers of the field read them. */
import { assert, describe, it } from "vitest";
import * as fc from "fast-check";
import { type Form, multipart } from "../src/transport/multipart.ts";

const bytesOf = async ({ parts }: ReturnType<typeof multipart>) =>
  Buffer.from(await new Blob([...parts] as Array<Blob>).arrayBuffer());

/** With the boundary's name in place of its value. */
const written = async (form: Form) => {
  const made = multipart(form);
  const boundary = /^multipart\/form-data; boundary=(sluice-[0-9a-f]{32})$/.exec(made.contentType)?.[1];
  if (boundary === undefined) throw new Error(`odd boundary: ${made.contentType}`);
  return (await bytesOf(made)).toString().replaceAll(boundary, "BOUNDARY");
};

const parsed = async (form: Form) => {
  const made = multipart(form);
  const body = new Uint8Array(await bytesOf(made));
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- it holds a body in memory, which a test may.
  return new Response(body, { headers: { "content-type": made.contentType } }).formData();
};

const png = new Uint8Array([0x89, 0x50]);
const bare: Form = { fields: {}, field: "image", upload: png };

describe("a form with a file", () => {
  it("has its texts first, then the file with a name and a type", async () => {
    const fields = { prompt: "a fox", strength: 0.8, seed: 7, safety_check: false, loras: undefined };
    assert.strictEqual(
      await written({ fields, field: "image", upload: Buffer.from("PNG"), format: "png" }),
      [
        ...["--BOUNDARY", 'Content-Disposition: form-data; name="prompt"', "", "a fox"],
        ...["--BOUNDARY", 'Content-Disposition: form-data; name="strength"', "", "0.8"],
        ...["--BOUNDARY", 'Content-Disposition: form-data; name="seed"', "", "7"],
        ...["--BOUNDARY", 'Content-Disposition: form-data; name="safety_check"', "", "false"],
        ...["--BOUNDARY", 'Content-Disposition: form-data; name="image"; filename="image.png"'],
        ...["Content-Type: image/png", "", "PNG"],
        ...["--BOUNDARY--", ""],
      ].join("\r\n"),
    );
  });

  it("does not copy the file", () => {
    const upload = new Blob(["x"]);
    assert.strictEqual(multipart({ ...bare, upload }).parts[1], upload);
  });

  it("has another boundary each time", () => {
    assert.notStrictEqual(multipart(bare).contentType, multipart(bare).contentType);
  });

  it("is read back as it was, whatever texts and bytes it carries", async () => {
    const texts = fc.dictionary(
      fc.string({ unit: "binary", minLength: 1 }).filter((name) => name !== "image" && name.isWellFormed()),
      fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.uint8Array(), async (fields, upload) => {
        const form = await parsed({ ...bare, fields, upload });
        const file = form.get("image");
        if (!(file instanceof File)) throw new Error("the file is a text");
        assert.deepStrictEqual(new Uint8Array(await file.arrayBuffer()), new Uint8Array(upload));
        assert.strictEqual([...form].length, Object.keys(fields).length + 1);
        for (const text of Object.values(fields)) assert.include([...form.values()], text);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the file's name and type", () => {
  const rows: ReadonlyArray<readonly [string, Partial<Form>, string, string]> = [
    ["of bytes, by their format", { format: "png" }, "image.png", "image/png"],
    ["of audio", { field: "audio", format: "wav" }, "audio.wav", "audio/wav"],
    ["of MP3, whose type has another name", { field: "audio", format: "mp3" }, "audio.mp3", "audio/mpeg"],
    ["of bytes of no known format", {}, "image", "application/octet-stream"],
    ["of a Blob with a type", { upload: new Blob([png], { type: "image/webp" }) }, "image", "image/webp"],
    ["of a Blob without a type", { upload: new Blob([png]), format: "png" }, "image.png", "image/png"],
    ["of a File", { upload: new File([png], "fox.gif", { type: "image/gif" }), format: "png" }, "fox.gif", "image/gif"],
    ["of a File without a name", { upload: new File([png], ""), format: "png" }, "image.png", "image/png"],
    ["of a File with folders", { upload: new File([png], "C:\\my\\a/fox.png") }, "fox.png", "application/octet-stream"],
    ["of a File with a folder alone", { upload: new File([png], "a/"), format: "gif" }, "image.gif", "image/gif"],
    ["that are not Latin", { upload: new File([png], "лиса 🦊.png") }, "лиса 🦊.png", "application/octet-stream"],
  ];
  it.each(rows)("%s", async (_, form, name, type) => {
    const text = await written({ ...bare, ...form });
    assert.include(text, `; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`);
  });

  it.each([
    ["a quote", 'a"b.png', "a%22b.png"],
    ["a line's end", 'a\r\nContent-Type: x"\r\n\r\n.png', "a%0D%0AContent-Type: x%22%0D%0A%0D%0A.png"],
    ["a NUL", "a\0.png", "a%00.png"],
  ])("cannot break out of its header: %s", async (_, name, escaped) => {
    const text = await written({ ...bare, upload: new File([png], name) });
    assert.include(text, `name="image"; filename="${escaped}"\r\nContent-Type: application/octet-stream\r\n\r\n`);
  });
});
