/** The functions: what they do, and what a bundle of one of them leaves out. */
import { LivepeerGateway } from "@sluice/core";
import * as standalone from "@sluice/core/standalone";
import { startEmulator } from "@sluice/emulator";
import { mkdtempDisposableSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { bundled } from "./bundled.ts";

const { connect, textToImage } = standalone;
const small = { prompt: "a fox", seed: 7, width: 64, height: 64 };

describe("the functions", () => {
  it("call a gateway, fetch and save what it made, and close it", async () => {
    await using emulator = await startEmulator();
    using folder = mkdtempDisposableSync(join(tmpdir(), "sluice-"));
    const gateway = connect({ gateway: emulator.url });
    assert.strictEqual(gateway.name, emulator.url);
    const { images, meta } = await textToImage(gateway, small);
    const [image] = images;
    assert.isDefined(image);
    assert.deepStrictEqual(Object.keys(image).sort(), ["nsfw", "seed", "url"]);
    assert.deepStrictEqual(meta.cost, standalone.estimate(gateway, "text-to-image", small));
    const bytes = await standalone.bytes(gateway, image);
    await standalone.save(gateway, image, join(folder.path, "fox.png"));
    assert.deepStrictEqual(new Uint8Array(readFileSync(join(folder.path, "fox.png"))), new Uint8Array(bytes));
    const streamed = await new Response(await standalone.stream(gateway, image)).bytes();
    assert.deepStrictEqual(new Uint8Array(streamed), new Uint8Array(bytes));
    const file = standalone.toFile(join(folder.path, "fox.png"));
    assert.lengthOf((await standalone.upscale(gateway, { prompt: "a fox", image: file })).images, 1);
    const { response } = await standalone.imageToImage(gateway, { prompt: "a wolf", image: bytes }).withResponse();
    assert.strictEqual(response.status, 200);
    await standalone.close(gateway);
  });

  it("chat, whole and as it comes", async () => {
    await using emulator = await startEmulator();
    await using gateway = connect({ gateway: emulator.url });
    const messages = [{ role: "user", content: "Hello" }] as const;
    const whole = await standalone.chat(gateway, { messages: [...messages] });
    let text = "";
    for await (const piece of standalone.chat(gateway, { messages: [...messages], stream: true })) text += piece.text;
    assert.strictEqual(text, whole.text);
    assert.notStrictEqual(text, "");
  });

  it("give what the class gives, but for its files' methods", async () => {
    await using emulator = await startEmulator();
    await using gateway = connect({ gateway: emulator.url });
    await using door = new LivepeerGateway({ gateway: emulator.url });
    const [own, its] = [await textToImage(gateway, small), await door.textToImage(small)];
    assert.deepStrictEqual(
      own.images.map(({ seed }) => seed),
      its.images.map(({ seed }) => seed),
    );
    assert.deepStrictEqual({ ...own.meta.cost }, { ...its.meta.cost });
  });

  it("end the calls of a gateway that is closed", async () => {
    await using emulator = await startEmulator({ latencyMs: 60_000 });
    const gateway = connect({ gateway: emulator.url });
    const call = textToImage(gateway, small).catch((error: unknown) => error);
    while (emulator.journal().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await standalone.close(gateway);
    assert.isTrue(standalone.isGatewayError(await call, "Aborted"));
  });

  it("refuse what connect has not made", () => {
    assert.throws(
      () => void textToImage({ name: "it" } as standalone.Gateway, small),
      TypeError,
      "give what connect has made",
    );
  });
});

describe("a bundle of connect and textToImage", () => {
  /** undici is the same in both, and larger than all else together. */
  const of = (names: string, entry: string) => bundled(`export ${names} from "${entry}";`, "node", ["undici"]);

  it("is less than two thirds of the class's", async () => {
    const [one, whole] = [
      await of("{ connect, textToImage }", "@sluice/core/standalone"),
      await of("*", "@sluice/core"),
    ];
    assert.isBelow(one.size, (whole.size * 2) / 3);
  });

  it("holds nothing of chats, jobs, files and disks", async () => {
    const { files, packages } = await of("{ connect, textToImage }", "@sluice/core/standalone");
    const foreign =
      /core\/src\/(chat\/(callChat|ChatStream|TokenQueue)|files\/(openFile|spool|toFile)|media\/(?!mediaUrl)|pipelines\/following|promise\/(chat|media|save|callVideo))/;
    assert.deepStrictEqual(
      files.filter((file) => foreign.test(file)),
      [],
    );
    assert.deepStrictEqual([...packages].sort(), ["effect", "zod"]);
  });

  it.each([
    ["chat", /core\/src\/chat\/ChatStream/],
    ["save", /core\/src\/media\/saveMedia/],
    ["imageToVideo", /core\/src\/pipelines\/following/],
    ["toFile", /core\/src\/files\/spool/],
  ])("would hold them with %s", async (name, own) => {
    const { files } = await of(`{ connect, textToImage, ${name} }`, "@sluice/core/standalone");
    assert.isTrue(files.some((file) => own.test(file)));
  });
});
