import { randomUUID } from "node:crypto";
import { startEmulator } from "@sluice/emulator";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { certificateFor, closedPort, emptily, serveHttp, serveSilence, serveTls } from "./doctorServers.ts";
import { type Ended, resultOf, sluice } from "./sluice.ts";
import { large, onTerminal, small } from "./terminal.ts";

interface Told {
  readonly id: string;
  readonly status: string;
  readonly title: string;
  readonly detail: string;
  readonly fix: string | null;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-doctor-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const home = () => ({ HOME: join(folder, "home") });

const checksIn = (ended: Ended): ReadonlyArray<Told> => resultOf(ended)["checks"] as ReadonlyArray<Told>;

/** One check of a run with `--json`, by what its id begins with. */
const found = (ended: Ended, id: string): Told => {
  const check = checksIn(ended).find((one) => one.id === id || one.id.startsWith(`${id}:`));
  if (check === undefined) throw new Error(`no check ${id} in ${ended.stdout}`);
  return check;
};

const examine = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) =>
  sluice(["doctor", "--json", ...args], { ...home(), ...env }, { cwd: folder });

describe("sluice doctor, of a gateway that is well", () => {
  it("finds nothing wrong with go-livepeer, and ends with 0", async () => {
    await using emulator = await startEmulator();
    const ended = await sluice(["doctor", "-g", emulator.url], home(), { cwd: folder });
    assert.strictEqual(ended.code, 0);
    assert.strictEqual(ended.stderr, "");
    assert.match(ended.stdout, /^this machine\n {2}✔ Node {2,}\d+\.\d+\.\d+$/m);
    assert.match(ended.stdout, /^ {2}✔ answer {2,}200 and nothing else, as go-livepeer answers a GET$/m);
    assert.match(ended.stdout, /^ {2}✔ first byte {2,}\d+ ms$/m);
    assert.match(ended.stdout, /^ {2}✔ clock {2,}as the gateway's$/m);
    assert.match(ended.stdout, /^ {2}– TLS {2,}plain HTTP$/m);
    assert.match(ended.stdout, /\n\n✔ 18 checks: \d+ ok(, \d warnings?)?, \d skipped\n$/);
    const warned = [...ended.stdout.matchAll(/^ {2}! (\S+)/gm)].map(([, title]) => title);
    const others = warned.filter((title) => title !== "keychain" && title !== "sluice");
    assert.isEmpty(others, "what else does it warn of?");
  });

  it("knows Studio by its 401, and sends no key to find out", async () => {
    await using emulator = await startEmulator({ dialect: "studio" });
    const ended = await examine(["-g", "livepeer-studio"], {
      SLUICE_GATEWAY_URL: emulator.url,
      LIVEPEER_API_KEY: randomUUID(),
      SLUICE_STATUS_PAGE: `http://127.0.0.1:${await closedPort()}`,
    });
    assert.strictEqual(ended.code, 0);
    assert.strictEqual(ended.stderr, "");
    assert.include(found(ended, "answer:livepeer-studio"), {
      status: "ok",
      detail: "401: it asks for a key, as it should (legacy)",
    });
    const asked = emulator.journal().map(({ method, authorized, status }) => ({ method, authorized, status }));
    assert.deepStrictEqual(asked, [{ method: "POST", authorized: false, status: 401 }]);
    assert.notInclude(ended.stdout, "3f0e6a1c");
  });

  it("asks go-livepeer for nothing that is metered", async () => {
    await using emulator = await startEmulator();
    await examine(["-g", emulator.url]);
    const asked = emulator.journal().map(({ method, status, units }) => ({ method, status, units }));
    assert.deepStrictEqual(asked, [{ method: "GET", status: 200, units: undefined }]);
  });

  it("tells the same on a terminal, in colours, with a line that lives meanwhile", async () => {
    await using emulator = await startEmulator();
    const { code, text, raw } = await onTerminal(["doctor", "-g", emulator.url], home(), { ...large, cwd: folder });
    assert.strictEqual(code, 0);
    assert.match(text, /^ {2}✔ answer {2,}200 and nothing else/m);
    assert.match(text, /^ {2}✔ terminal {2,}colours, no images inline, 200 columns$/m);
    assert.notMatch(text, /of 18 checks {2}/);
    assert.match(raw, /0 of 18 checks {2}begins/);
    assert.include(raw, "\u001B[32m✔\u001B[39m");
  });

  it("wraps to a narrow terminal, and is plain with NO_COLOR", async () => {
    await using emulator = await startEmulator();
    const { code, text, raw } = await onTerminal(
      ["doctor", "-g", emulator.url],
      { ...home(), NO_COLOR: "1" },
      { ...small, cwd: folder },
    );
    assert.strictEqual(code, 0);
    assert.match(text, /^ {2}✔ terminal {2,}no colours, no images inline, 80 columns$/m);
    assert.notInclude(raw, "\u001B[32m");
    const wide = text.split("\n").filter((line) => line.length > 80 && !/\/| fix {2}/.test(line));
    assert.deepStrictEqual(wide, []);
  });
});

describe("sluice doctor, of a gateway that is not", () => {
  it("says what starts one, where nothing listens, and ends with 10", async () => {
    const port = await closedPort();
    const ended = await sluice(["doctor", "-g", `http://127.0.0.1:${port}`], home(), { cwd: folder });
    assert.strictEqual(ended.code, 10);
    assert.match(ended.stdout, new RegExp(`✗ connection {2,}nothing listens at 127\\.0\\.0\\.1:${port}$`, "m"));
    assert.match(ended.stdout, new RegExp(`^ +fix {2}sluice serve --port ${port} `, "m"));
    assert.match(ended.stderr, /^✗ SLUICE-FINDINGS {2}18 checks: .*1 failed/);
    assert.match(ended.stderr, new RegExp(`^ {2}fix {7}sluice serve --port ${port}`, "m"));
  });

  it("says so on a terminal, below what it found", async () => {
    const port = await closedPort();
    const { code, text } = await onTerminal(["doctor", "-g", `http://127.0.0.1:${port}`], home(), {
      ...large,
      cwd: folder,
    });
    assert.strictEqual(code, 10);
    assert.match(text, new RegExp(`✗ connection {2,}nothing listens at 127\\.0\\.0\\.1:${port}$`, "m"));
    assert.match(text, new RegExp(`\\n\\n✗ SLUICE-FINDINGS .*\\n {2}fix {7}sluice serve --port ${port}`));
    assert.notMatch(text, /of 18 checks {2}/);
  });

  it("ends within its deadline at a server that says nothing", async () => {
    await using silence = await serveSilence();
    const from = performance.now();
    const ended = await examine(["-g", silence.url, "--timeout", "500ms"]);
    assert.isBelow(performance.now() - from, 9_000);
    assert.strictEqual(ended.code, 10);
    assert.include(found(ended, "connection"), { status: "ok" });
    assert.include(found(ended, "first-byte"), { status: "failed", detail: "it is connected, and says nothing" });
    assert.include(found(ended, "answer"), { status: "skipped" });
    assert.deepInclude(resultOf(ended), { ok: false, code: "SLUICE-FINDINGS" });
  });

  it("does not trust a certificate that signed itself, sends nothing, and trusts it when told to", async () => {
    using certificate = certificateFor(90);
    let requests = 0;
    await using server = await serveTls(certificate, (_, response) => {
      requests += 1;
      response.end();
    });
    const strange = await examine(["-g", server.url]);
    assert.strictEqual(strange.code, 10);
    const tls = found(strange, "tls");
    assert.strictEqual(tls.status, "failed");
    assert.match(tls.detail, /^TLSv1\.3, issued by Test Authority: .*\(DEPTH_ZERO_SELF_SIGNED_CERT\)$/);
    assert.match(tls.fix ?? "", /^export NODE_EXTRA_CA_CERTS=/);
    assert.include(found(strange, "answer"), { status: "skipped" });
    assert.strictEqual(requests, 0);

    const trusted = await examine(["-g", server.url], { NODE_EXTRA_CA_CERTS: certificate.file });
    assert.strictEqual(trusted.code, 0);
    assert.match(found(trusted, "tls").detail, /^TLSv1\.3, issued by Test Authority, valid for (89|90) days$/);
    assert.strictEqual(requests, 1);
  });

  it("warns of a certificate that ends soon, and of checks that are switched off", async () => {
    using certificate = certificateFor(5);
    await using server = await serveTls(certificate, emptily);
    const trust = { NODE_EXTRA_CA_CERTS: certificate.file };
    const soon = await examine(["-g", server.url], trust);
    assert.strictEqual(soon.code, 0);
    assert.include(found(soon, "tls"), { status: "warning" });
    assert.match(found(soon, "tls").detail, /valid for [45] days$/);
  });

  it("tells a clock that is an hour off", async () => {
    await using server = await serveHttp((_, response) => {
      response.setHeader("date", new Date(Date.now() + 3_600_000).toUTCString());
      response.end();
    });
    const ended = await examine(["-g", server.url]);
    assert.strictEqual(ended.code, 10);
    assert.strictEqual(found(ended, "clock").status, "failed");
    assert.match(found(ended, "clock").detail, /^(59 m 5\d s|60 m \d s) behind the gateway's$/);
  });

  it("knows a web page from a gateway", async () => {
    await using server = await serveHttp((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<h1>Welcome to the hotel</h1>");
    });
    const ended = await examine(["-g", server.url]);
    assert.strictEqual(ended.code, 10);
    assert.match(found(ended, "answer").detail, /^200 with a web page/);
  });

  it("tells a name that nobody knows, and looks no further", async () => {
    const ended = await examine(["-g", "https://gateway.invalid", "--timeout", "5s"]);
    assert.strictEqual(ended.code, 10);
    assert.strictEqual(found(ended, "dns").status, "failed");
    assert.deepStrictEqual(
      ["connection", "tls", "first-byte", "answer", "clock"].map((id) => found(ended, id).status),
      Array.from({ length: 5 }, () => "skipped"),
    );
  });

  it("says what is wrong with the gateway's name", async () => {
    const ended = await examine(["-g", "livepeer-clod"]);
    assert.strictEqual(ended.code, 10);
    assert.match(found(ended, "gateway").detail, /Did you mean livepeer-cloud\?/);
  });
});

describe("sluice doctor, of Studio's status page", () => {
  const withPage = async (body: unknown): Promise<Told> => {
    await using gateway = await startEmulator();
    await using page = await serveHttp((request, response) => {
      if (request.url !== "/api/v2/summary.json") response.statusCode = 404;
      response.end(JSON.stringify(body));
    });
    return found(await examine(["-g", gateway.url], { SLUICE_STATUS_PAGE: page.url }), "status-page");
  };

  it("repeats what it reports, without control characters", async () => {
    const quiet = await withPage({
      status: { indicator: "none", description: "All Systems Operational" },
      incidents: [],
    });
    assert.include(quiet, { status: "ok", detail: "all systems operational, no incident" });
    const busy = await withPage({ incidents: [{ name: "API \u001B[31mdown" }, { name: "more" }] });
    assert.include(busy, { status: "warning", detail: 'Studio reports "API  [31mdown", and 1 more' });
  });

  it("is a warning when it alone cannot be reached, and skipped when nothing can", async () => {
    const nowhere = { SLUICE_STATUS_PAGE: `http://127.0.0.1:${await closedPort()}` };
    await using gateway = await startEmulator();
    assert.include(found(await examine(["-g", gateway.url], nowhere), "status-page"), { status: "warning" });
    const offline = await examine(["-g", `http://127.0.0.1:${await closedPort()}`], nowhere);
    assert.include(found(offline, "status-page"), { status: "skipped", detail: "this machine looks offline" });
  });
});

describe("sluice doctor, of this machine", () => {
  it("finds each mistake of the configuration, secrets and files that others may read", async () => {
    const key = "0b1f7a52-6c0e-4a6e-9a53-1f2f9a7c1d11";
    writeFileSync(join(folder, "sluice.config.toml"), `tiemout = "90s"\n# the key is ${key}\npreview = "always"\n`);
    const state = join(folder, "state", "sluice");
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, "credentials.json"), "{}");
    chmodSync(join(state, "credentials.json"), 0o644);
    const ended = await examine(["-g", `http://127.0.0.1:${await closedPort()}`], {
      XDG_STATE_HOME: join(folder, "state"),
    });
    assert.strictEqual(ended.code, 10);
    const config = found(ended, "config");
    assert.match(config.detail, /sluice\.config\.toml:1: "tiemout" is no setting, and 1 more$/);
    assert.strictEqual(config.fix, "sluice config validate");
    assert.match(found(ended, "secrets").detail, /sluice\.config\.toml:2 holds a key \(a UUID\)/);
    assert.notInclude(ended.stdout, key);
    assert.include(found(ended, "credentials"), {
      status: "failed",
      fix: `chmod 600 ${join(state, "credentials.json")}`,
    });
  });

  it("sees two programs of the name, a proxy that is not used, and a broken record", async () => {
    const [one, other] = [join(folder, "one"), join(folder, "other")];
    for (const place of [one, other]) {
      mkdirSync(place);
      writeFileSync(join(place, "sluice"), "#!/bin/sh\n", { mode: 0o755 });
    }
    const state = join(folder, "state", "sluice");
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, "calls.ndjson"), '{"a":1}\nbroken\n');
    const ended = await examine(["-g", "https://gateway.invalid", "--timeout", "5s"], {
      // npm puts this repository's own `sluice` on the path of its scripts.
      PATH: [one, other].join(delimiter),
      HTTPS_PROXY: "http://me:hunter2@proxy.example:3128",
      XDG_STATE_HOME: join(folder, "state"),
    });
    assert.include(found(ended, "path"), { status: "warning", fix: `rm ${join(other, "sluice")}` });
    const proxy = found(ended, "proxy");
    assert.strictEqual(proxy.status, "warning");
    assert.match(proxy.detail, /^HTTPS_PROXY is set, but Sluice uses no proxy/);
    assert.match(proxy.fix ?? "", /^export NO_PROXY=gateway\.invalid$/);
    assert.notInclude(ended.stdout, "hunter2");
    assert.match(found(ended, "history").detail, /^1 of 2 lines of .*calls\.ndjson are no JSON$/);
  });

  it("refuses a timeout that is none", async () => {
    const { code, stdout, stderr } = await sluice(["doctor", "--timeout", "soon"], home());
    assert.strictEqual(code, 2);
    assert.strictEqual(stdout, "");
    assert.match(stderr, /^✗ SLUICE-USAGE .*"soon" is not a duration/);
  });
});
