import { once } from "node:events";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { checkPrinted } from "./printed.ts";
import { ended, resultOf, sluice, start } from "./sluice.ts";
import { openTerminal } from "./terminal.ts";

const served = async (args: ReadonlyArray<string>) => {
  const child = start(["serve", "--port", "0", ...args]);
  const end = ended(child);
  const [banner] = (await once(child.stderr ?? child, "data")) as [Buffer];
  const url = /http:\/\/\S+/.exec(banner.toString())?.[0] ?? "";
  return {
    url,
    banner: banner.toString(),
    stop: () => {
      child.kill("SIGINT");
      return end;
    },
  };
};

describe("sluice serve", () => {
  it("runs a gateway that sluice generate can use, with faults, until Ctrl-C", async () => {
    const server = await served(["--latency", "0s", "--fault", "unavailable:x1"]);
    using folder = temporaryFolder();
    const args = ["gen", "t2i", "fox", "-g", server.url, "-o", folder.path, "-W", "64", "-H", "64"];
    const { code, stderr } = await sluice(args);
    assert.strictEqual(code, 0);
    assert.include(stderr, "2 attempts");
    const journal = (await (await fetch(`${server.url}/__emulator/journal`)).json()) as {
      entries: Array<{ status: number }>;
    };
    assert.deepStrictEqual(
      journal.entries.map(({ status }) => status),
      [503, 200, 200],
    );
    assert.strictEqual((await server.stop()).code, 130);
  });

  it("says that the model is cold when it is", async () => {
    const server = await served(["--cold", "20s", "--meanwhile", "hold"]);
    await server.stop();
    assert.include(server.banner, "is cold (hold for 20 s)");
  });

  it("runs Studio too, and says how to call it", async () => {
    const server = await served(["--dialect", "studio", "--latency", "0s"]);
    using folder = temporaryFolder();
    const args = ["gen", "t2i", "fox", "-g", "livepeer-studio", "-o", folder.path, "-W", "64", "-H", "64"];
    assert.include(server.banner, `SLUICE_GATEWAY_URL=${server.url} LIVEPEER_API_KEY=emulated-backend-key`);
    const env = { SLUICE_GATEWAY_URL: server.url, LIVEPEER_API_KEY: "emulated-backend-key" };
    assert.strictEqual((await sluice(args, env)).code, 0);
    const stranger = await sluice(args, { ...env, LIVEPEER_API_KEY: "nobodys-key-0123456789" });
    assert.strictEqual(stranger.code, 4);
    await server.stop();
  });

  it("tells programs where it listens, and at the end what it served", async () => {
    const child = start(["serve", "--port", "0", "--json"]);
    const end = ended(child);
    const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
    const { type, url } = JSON.parse(line.toString()) as { readonly type: string; readonly url: string };
    assert.strictEqual(type, "listening");
    await (await fetch(`${url}/health`)).text();
    child.kill("SIGINT");
    const all = await end;
    checkPrinted(all.stdout);
    assert.deepStrictEqual([all.code, all.stderr], [130, ""]);
    assert.deepInclude(resultOf(all), { command: "serve", ok: true, url, requests: 1 });
  });

  it("shows on a terminal what to try, and stops at Ctrl-C", async () => {
    const screen = openTerminal(["serve", "--port", "0"], {}, { columns: 160, rows: 24 });
    await screen.shows("stop  Ctrl-C");
    assert.match(screen.text(), /try {6}sluice generate text-to-image .* -g http:\/\/127\.0\.0\.1:\d+/);
    screen.type("\u0003");
    assert.strictEqual(await screen.ended, 130);
  });

  it("names what it cannot be told", async () => {
    const { code, stderr } = await sluice(["serve", "--port", "70000"]);
    assert.strictEqual(code, 2);
    assert.include(stderr, "70000");
  });

  it("explains a fault that it does not know", async () => {
    const { code, stderr } = await sluice(["serve", "--fault", "gremlins"]);
    assert.strictEqual(code, 2);
    assert.include(stderr, '"gremlins" is not a fault; choose one of unavailable');
  });

  it("says so when the port is taken", async () => {
    const server = await served([]);
    const { code, stderr } = await sluice(["serve", "--port", new URL(server.url).port]);
    await server.stop();
    assert.strictEqual(code, 1);
    assert.match(stderr, /✗ SLUICE-PORT.*cannot listen on 127\.0\.0\.1:\d+.*EADDRINUSE/);
    assert.include(stderr, "sluice serve --port 0");
  });
});

describe("sluice", () => {
  it("tells its version and its commands", async () => {
    assert.match((await sluice(["--version"])).stdout, /0\.1\.0/);
    const help = await sluice(["--help"]);
    assert.strictEqual(help.code, 0);
    for (const command of ["serve", "api", "config"]) assert.include(help.stdout, command);
  });
});
