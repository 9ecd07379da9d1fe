/** `sluice serve --fault`: that what it is told reaches the emulator, and what it says when it is told nonsense. */
import { faultKinds } from "@sluice/emulator";
import { once } from "node:events";
import { assert, describe, it } from "vitest";
import { faultNames } from "../src/commands/faultFlag.ts";
import { ended, sluice, start } from "./sluice.ts";

const chat = {
  model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  messages: [{ role: "user", content: "Hello" }],
  stream: true,
  max_tokens: 64,
};

describe("sluice serve --fault", () => {
  it("takes several faults, in order, and what each is told", async () => {
    const faults = ["rate-limited:x1:retry-after=17", "stream-truncated:2tokens", "G9:x1"];
    const child = start(["serve", "--port", "0", "--latency", "0s", ...faults.flatMap((fault) => ["--fault", fault])]);
    const end = ended(child);
    const [banner] = (await once(child.stderr ?? child, "data")) as [Buffer];
    const url = /http:\/\/\S+/.exec(banner.toString())?.[0] ?? "";
    const post = (path: string, body: object) => fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) });
    const limited = await post("/llm", chat);
    assert.deepStrictEqual([limited.status, limited.headers.get("retry-after")], [429, "17"]);
    const truncated = await (await post("/llm", chat)).text();
    assert.lengthOf(truncated.match(/^data: /gm) ?? [], 2);
    assert.notInclude(truncated, '"finish_reason":"stop"');
    const image = { model_id: "SG161222/RealVisXL_V4.0_Lightning", prompt: "a fox" };
    assert.strictEqual((await post("/text-to-image", image)).status, 500);
    child.kill("SIGINT");
    await end;
  });

  it("explains a fault that is told what it cannot be", async () => {
    const { code, stderr } = await sluice(["serve", "--fault", "closed:often"]);
    assert.strictEqual(code, 2);
    assert.include(
      stderr,
      '"often" is none of a share such as 10%, a number of requests such as x2, a time such as 5s',
    );
  });

  it("is in the help, with every kind", async () => {
    const { stdout } = await sluice(["serve", "--help"]);
    assert.include(stdout, "kind[:10%|:x2|:5s|:4tokens");
    const words = stdout.split(/[\s,]+/);
    assert.includeMembers(words, [...faultKinds]);
    assert.deepStrictEqual([...faultNames], [...faultKinds]);
  });
});
