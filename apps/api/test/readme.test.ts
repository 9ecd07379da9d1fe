/** Asks the service what the README asks, and compares the answers with the README's. */
import { readFileSync } from "node:fs";
import { assert, describe, it } from "vitest";
import { generation, serve } from "./serve.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(readme)?.[1] ?? "";
const [first = "", second = ""] = [...readme.matchAll(/'(\{"prompt".*?\})'/g)].map(([, json]) => json);

const ask = async (payload: string) => {
  await using service = await serve();
  const { body } = await service.app.inject(generation(JSON.parse(payload) as object));
  return { said: JSON.parse(body) as unknown, text: body, gateway: service.emulator.url };
};

describe("the README", () => {
  it("shows the answer as it is, but for the emulator's port", async () => {
    const { text, gateway } = await ask(first);
    assert.strictEqual(text.replace(gateway, "http://127.0.0.1:39731"), block("text").trimEnd());
  });

  it("shows a problem as it is", async () => {
    assert.deepStrictEqual((await ask(second)).said, JSON.parse(block("json")));
  });

  it("lists every route that the service describes", async () => {
    await using service = await serve();
    const { body } = await service.app.inject({ method: "GET", url: "/openapi.json" });
    const { paths } = JSON.parse(body) as { readonly paths: Readonly<Record<string, object>> };
    for (const [path, item] of Object.entries(paths)) {
      for (const method of Object.keys(item)) assert.include(readme, `\`${method.toUpperCase()} ${path}\``);
    }
  });
});
