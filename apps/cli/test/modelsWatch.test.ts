import { startEmulator } from "@sluice/emulator";
import type { Evidence } from "@sluice/models";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { assert, describe, it } from "vitest";
import { changesBetween, statesOf } from "../src/models/watching.ts";
import { ended, eventsOf, resultOf, sluice, start } from "./sluice.ts";
import { large, openTerminal } from "./terminal.ts";

const turbo = "stabilityai/sdxl-turbo";

/** Loads from its first request on. */
const loading = { [turbo]: { state: "cold", loadMs: 1, meanwhile: "503" } } as const;

const ask = (url: string) =>
  fetch(`${url}/text-to-image`, { method: "POST", body: JSON.stringify({ model_id: turbo, prompt: "sky" }) });

describe("sluice models watch", () => {
  it("says where its evidence comes from when nobody is named", async () => {
    const { code, stdout, stderr } = await sluice(["models", "watch"]);
    assert.strictEqual(code, 2);
    assert.strictEqual(stdout, "");
    assert.match(stderr, /✗ SLUICE-USAGE {2}watch needs --network: .* CLI port of a go-livepeer gateway/);
    assert.include(stderr, "--network http://127.0.0.1:5935");
  });

  it("prints a line when a model becomes warm, and ends with 0 at Ctrl-C, with a result", async () => {
    await using emulator = await startEmulator({ operatorPort: 0, models: loading });
    const args = ["models", "watch", turbo, "-p", "text-to-image", "--network", emulator.operatorUrl ?? ""];
    const child = start([...args, "--every", "50ms", "--json"]);
    const end = ended(child);
    let seen = "";
    const shows = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (seen.includes(text)) resolve();
        };
        child.stdout?.on("data", (chunk: Buffer) => {
          seen += chunk.toString();
          look();
        });
        look();
      });
    await shows('"looked"');
    await (await ask(emulator.url)).body?.cancel();
    await shows('"changed"');
    child.kill("SIGINT");
    const run = await end;
    assert.strictEqual(run.code, 0);
    const [first] = eventsOf(run);
    assert.deepInclude(first, { type: "looked", warm: 0, cold: 1 });
    const change = eventsOf(run).find(({ type }) => type === "changed");
    assert.deepInclude(change, { pipeline: "text-to-image", model: turbo, from: "cold", to: "warm", orchestrators: 1 });
    assert.deepInclude(resultOf(run), { ok: true, changes: 1 });
    assert.deepStrictEqual(resultOf(run)["states"], [{ pipeline: "text-to-image", model: turbo, state: "warm" }]);
  });

  it("shows it on a terminal", async () => {
    await using emulator = await startEmulator({ operatorPort: 0, models: loading });
    const args = ["models", "watch", "--network", emulator.operatorUrl ?? "", "--every", "50ms"];
    const screen = openTerminal(args, {}, large);
    await screen.shows(/^watching \d+ models \(\d+ warm, \d+ cold\) on 127\.0\.0\.1:\d+, every 0\.1 s; Ctrl-C ends/);
    await (await ask(emulator.url)).body?.cancel();
    await screen.shows(/^\d{4}-\d\d-\d\dT\S+Z {2}● text-to-image {2}stabilityai\/sdxl-turbo {2}warm \(was cold\)$/m);
    screen.type("\u0003");
    assert.strictEqual(await screen.ended, 0);
    assert.match(screen.text(), /\d+ looks, \d+ changes?$/);
  });

  it("stops after --count looks, and goes on after one that fails", async () => {
    await using emulator = await startEmulator({ operatorPort: 0 });
    const answer = await (await fetch(`${emulator.operatorUrl}/getNetworkCapabilities`)).text();
    let asked = 0;
    const port = createServer(({ url }, response) => {
      if (url !== "/getNetworkCapabilities") response.writeHead(404).end();
      else if (++asked === 2) response.writeHead(500).end();
      else response.end(answer);
    });
    port.listen(0, "127.0.0.1");
    await once(port, "listening");
    const network = `http://127.0.0.1:${(port.address() as AddressInfo).port}`;
    const run = await sluice(["models", "watch", "--network", network, "--count", "3", "--every", "10ms", "--json"]);
    port.close();
    assert.strictEqual(run.code, 0);
    assert.deepStrictEqual(
      eventsOf(run).map(({ type }) => type),
      ["looked", "missed", "looked"],
    );
    assert.deepInclude(resultOf(run), { looks: 3, changes: 0 });
    assert.strictEqual((await sluice(["models", "watch", "--network", network, "--count", "0"])).code, 2);
  });
});

const said = (model: string, says: Evidence["says"], from: Evidence["from"] = "network"): Evidence => ({
  ...{ pipeline: "llm", model, says, from, at: 1, source: "here" },
});

describe("what changed between two looks", () => {
  const all = { models: [], pipeline: undefined };

  it("is what is new, what is otherwise, and what nobody lists any more", () => {
    const before = statesOf([said("a", "warm"), said("b", "cold"), said("c", "absent")], all);
    const after = statesOf([said("b", "warm"), said("d", "cold")], all);
    assert.deepStrictEqual(
      changesBetween(before, after).map(({ model, from, state }) => [model, from, state]),
      [
        ["b", "cold", "warm"],
        ["d", undefined, "cold"],
        ["a", "warm", "absent"],
      ],
    );
    assert.deepStrictEqual(changesBetween(after, after), []);
  });

  it("takes the word of orchestrators before that of a gateway's pools", () => {
    const states = statesOf([said("a", "cold", "pool"), said("a", "warm"), said("a", "cold", "pool")], all);
    assert.strictEqual(states.get("llm a")?.state, "warm");
    assert.strictEqual(statesOf([said("a", "warm")], { models: ["b"], pipeline: undefined }).size, 0);
    assert.strictEqual(statesOf([said("a", "warm")], { models: [], pipeline: "upscale" }).size, 0);
  });
});
