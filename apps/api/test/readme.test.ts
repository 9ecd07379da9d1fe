/** Asks the service what the README asks, and compares the answers with the README's. */
import { readFileSync } from "node:fs";
import { assert, describe, it } from "vitest";
import { requestId } from "./problems.ts";
import { generation, serve } from "./serve.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(readme)?.[1] ?? "";
const [first = "", second = ""] = [...readme.matchAll(/'(\{"prompt".*?\})'/g)].map(([, json]) => json);

const ask = async (payload: string) => {
  await using service = await serve();
  const { body } = await service.app.inject(generation(JSON.parse(payload) as object));
  return { said: JSON.parse(body) as Readonly<Record<string, unknown>>, text: body };
};

/** Without what is another at each start. */
const steady = (text: string): string => text.trimEnd().replace(/http:\/\/[^"]*\/media\/[\w.-]+/g, "(url)");

describe("the README", () => {
  it("shows the answer as it is, but for the file's name", async () => {
    const { text } = await ask(first);
    assert.include(steady(text), "(url)");
    assert.strictEqual(steady(text), steady(block("text")));
  });

  it("shows a problem as it is", async () => {
    const { requestId: id, ...shown } = JSON.parse(block("json")) as Readonly<Record<string, unknown>>;
    assert.match(String(id), requestId);
    const { requestId: _, ...said } = (await ask(second)).said;
    assert.deepStrictEqual(said, shown);
  });

  it("lists every route that the service describes", async () => {
    await using service = await serve();
    const { body } = await service.app.inject({ method: "GET", url: "/openapi.json" });
    const { paths } = JSON.parse(body) as { readonly paths: Readonly<Record<string, object>> };
    for (const [path, item] of Object.entries(paths)) {
      // HEAD goes with GET.
      const methods = Object.keys(item).filter((method) => method !== "head");
      for (const method of methods) assert.include(readme, `\`${method.toUpperCase()} ${path}\``);
    }
  });
});
