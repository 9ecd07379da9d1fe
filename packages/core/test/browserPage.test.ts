/** The browser's entry, bundled for browsers, in a realm that has what a page has and nothing of Node. */
import { startEmulator } from "@sluice/emulator";
import { createContext, runInContext } from "node:vm";
import { assert, beforeAll, describe, it } from "vitest";
import { bundled, type Bundled } from "./bundled.ts";

const names = [
  ...([
    "AbortController",
    "AbortSignal",
    "Blob",
    "ByteLengthQueuingStrategy",
    "File",
    "Headers",
    "ReadableStream",
  ] as const),
  ...(["Response", "TextDecoder", "TextEncoder", "TransformStream", "URL", "clearTimeout", "crypto", "fetch"] as const),
  ...(["performance", "setTimeout"] as const),
];

let bundle: Bundled;
beforeAll(async () => {
  bundle = await bundled(`export * from "@sluice/core/browser";`, "browser");
});

/** Runs a program, an async function's body, in a page at this address. */
const inPage = (href: string, program: string): Promise<unknown> => {
  const globals = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
  const context = createContext({ ...globals, location: { href } });
  runInContext(bundle.code, context);
  return runInContext(
    `(async () => { const { LivepeerProxy, isGatewayError } = sluice; ${program} })()`,
    context,
  ) as Promise<unknown>;
};

describe("the browser's entry", () => {
  it("needs nothing of Node: esbuild finds every import for a browser, and none of the files that read disks", () => {
    const ofNode = ["core/src/nodeMachine.ts", "core/src/transport/undici.ts", "core/src/settings/gatewayFile.ts"];
    const reading = bundle.files.filter((file) => /files\/(openFile|spool|toFile)|saveMedia|PartialFile/.test(file));
    assert.deepStrictEqual([...ofNode.filter((file) => bundle.files.includes(file)), ...reading], []);
    assert.isFalse(bundle.packages.has("undici"));
    assert.include(bundle.files, "core/src/transport/fetch.ts");
  });

  it("makes images through a proxy beside the page, and fetches them", async () => {
    await using emulator = await startEmulator();
    const found = await inPage(
      `${emulator.url}/gallery/index.html`,
      `const proxy = new LivepeerProxy({ proxyUrl: "/" });
       const { images, meta } = await proxy.textToImage({ prompt: "a fox", seed: 7, width: 64, height: 64 });
       const bytes = await images[0].bytes();
       let streamed = 0;
       for await (const piece of await images[0].stream()) streamed += piece.length;
       return { seed: images[0].seed, start: [...bytes.slice(1, 4)], same: streamed === bytes.length, usd: meta.cost.usd,
         gateway: proxy.gateway, save: images[0].save };`,
    );
    assert.deepStrictEqual(
      { ...(found as object) },
      {
        seed: 7,
        start: [...Buffer.from("PNG")],
        same: true,
        usd: "0.000077824",
        gateway: "proxy",
        save: undefined,
      },
    );
  });

  it("sends a file as it is", async () => {
    await using emulator = await startEmulator();
    const seeds = await inPage(
      emulator.url,
      `const proxy = new LivepeerProxy({ proxyUrl: "${emulator.url}" });
       const { images } = await proxy.textToImage({ prompt: "a fox", width: 64, height: 64 });
       const file = new File([await images[0].bytes()], "fox.png", { type: "image/png" });
       const made = await proxy.imageToImage({ prompt: "a wolf", image: file, seed: 3 });
       return made.images.length + ":" + made.images[0].seed;`,
    );
    assert.strictEqual(seeds, "1:3");
    const entries = emulator.journal();
    assert.deepStrictEqual(
      entries.filter(({ status }) => status !== 200),
      [],
    );
  });

  it("reads a chat as it comes", async () => {
    await using emulator = await startEmulator();
    const same = await inPage(
      emulator.url,
      `const proxy = new LivepeerProxy({ proxyUrl: "${emulator.url}" });
       const chat = proxy.chat({ messages: [{ role: "user", content: "Hello" }], stream: true });
       let text = "";
       for await (const piece of chat) text += piece.text;
       return text !== "" && text === (await chat.final()).text;`,
    );
    assert.isTrue(same);
  });

  it("fails with errors that its guard knows", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "unauthorized" }] });
    const tag = await inPage(
      emulator.url,
      `const proxy = new LivepeerProxy({ proxyUrl: "${emulator.url}" });
       const error = await proxy.textToImage({ prompt: "a fox" }).catch((reason) => reason);
       return isGatewayError(error, "Unauthorized") && error instanceof Error && error._tag;`,
    );
    assert.strictEqual(tag, "Unauthorized");
  });
});
