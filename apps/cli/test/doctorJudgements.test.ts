/** What `sluice doctor` makes of what it sees, without a process. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { livepeerCloud, livepeerStudio } from "@sluice/models";
import type { Checked } from "../src/doctor/Check.ts";
import { judgeSkew, skewOf } from "../src/doctor/clock.ts";
import { judgePermissions } from "../src/doctor/credentials.ts";
import { judgeRoom } from "../src/doctor/disk.ts";
import { visitGateway } from "../src/doctor/gateway/checksOf.ts";
import { judgeAnswer } from "../src/doctor/gateway/judgeAnswer.ts";
import { judgeConnection, judgeLookup } from "../src/doctor/gateway/judgeConnection.ts";
import { judgeTls } from "../src/doctor/gateway/judgeTls.ts";
import { targetsOf } from "../src/doctor/gateway/Target.ts";
import { judgeKeychain, probeKeychain } from "../src/doctor/keychain.ts";
import { judgeNode, judgePath, programsOnPath } from "../src/doctor/node.ts";
import { checkProxy, proxyFor } from "../src/doctor/proxy.ts";
import { reportOf, sumOf } from "../src/doctor/report.ts";
import { runChecks } from "../src/doctor/runChecks.ts";
import { judgeSummary } from "../src/doctor/statusPage.ts";
import { checkTerminal } from "../src/doctor/terminal.ts";
import { styleOf } from "../src/output/style.ts";
import { secretIn } from "../src/settings/secretIn.ts";
import type { Settings } from "../src/settings/Settings.ts";
import { closedPort } from "./doctorServers.ts";

describe("Node and the PATH", () => {
  it("needs 22.19, and likes what is supported for long", () => {
    const statuses = ["20.19.0", "22.18.9", "22.19.0", "23.4.0", "24.1.0"].map((version) => judgeNode(version).status);
    assert.deepStrictEqual(statuses, ["failed", "failed", "ok", "warning", "ok"]);
  });

  it("counts a program once, however many links lead to it", () => {
    const folders = [1, 2, 3].map(() => mkdtempSync(join(tmpdir(), "sluice-path-")));
    const [one = "", link = "", other = ""] = folders;
    writeFileSync(join(one, "sluice"), "");
    symlinkSync(join(one, "sluice"), join(link, "sluice"));
    writeFileSync(join(other, "sluice"), "");
    const on = (...path: ReadonlyArray<string>) => programsOnPath({ PATH: path.join(delimiter) }, "sluice", "linux");
    assert.deepStrictEqual(on(one, "", link), [join(one, "sluice")]);
    assert.deepStrictEqual(on(link, other), [join(link, "sluice"), join(other, "sluice")]);
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it("quotes what it would have a shell remove", () => {
    assert.strictEqual(judgePath(["/a/sluice", "/it's here/sluice"]).fix, String.raw`rm '/it'\''s here/sluice'`);
  });
});

describe("the clock", () => {
  it("is judged by how far it is off, either way", () => {
    const statuses = [0, 1_900, -29_000, 31_000, -299_000, 301_000].map((ms) => judgeSkew(ms).status);
    assert.deepStrictEqual(statuses, ["ok", "ok", "ok", "warning", "warning", "failed"]);
    assert.match(judgeSkew(60_000).detail, /^60 s ahead of/);
    assert.strictEqual(judgeSkew(-400_000, "win32").fix, "w32tm /resync");
  });

  it("is off by less than a second and the way there when it is right", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 41 }), fc.integer({ min: 0, max: 1_000 }), (at, wayMs) => {
        const date = new Date(at).toUTCString();
        const skew = skewOf({ date, sentAt: at - wayMs, receivedAt: at + wayMs });
        return skew !== undefined && Math.abs(skew) <= 500;
      }),
    );
    assert.isUndefined(skewOf({ date: "soon", sentAt: 0, receivedAt: 0 }));
  });
});

describe("a certificate", () => {
  const now = Date.parse("2026-11-23");
  const day = 86_400_000;
  const shown = {
    protocol: "TLSv1.3",
    issuer: "R11",
    validTo: now + 60 * day,
    distrust: undefined,
    names: "DNS:a.example",
  };
  const where = { host: "b.example", isKnown: false, now };

  it("is judged by its days", () => {
    const after = (days: number) => judgeTls({ ...shown, validTo: now + days * day }, where).status;
    assert.deepStrictEqual([-1, 0, 13, 14, 90].map(after), ["failed", "warning", "warning", "ok", "ok"]);
    assert.match(judgeTls({ ...shown, validTo: now + 1.5 * day }, where).detail, /valid for 1 day$/);
    // Nobody but its owner can renew it.
    assert.strictEqual(judgeTls({ ...shown, validTo: now + day }, { ...where, isKnown: true }).status, "ok");
  });

  it("names who reads along, whom it is for, and an old protocol", () => {
    const strange = judgeTls({ ...shown, distrust: "SELF_SIGNED_CERT_IN_CHAIN" }, { ...where, isKnown: true });
    assert.match(strange.detail, /issued by R11: .*opens what you send$/);
    assert.match(strange.fix ?? "", /NODE_EXTRA_CA_CERTS/);
    const other = judgeTls({ ...shown, distrust: "ERR_TLS_CERT_ALTNAME_INVALID" }, where);
    assert.match(other.detail, /not for b\.example but for DNS:a\.example$/);
    assert.strictEqual(judgeTls({ ...shown, protocol: "TLSv1.1" }, where).status, "warning");
  });
});

describe("an answer", () => {
  const judge = (status: number, body = "", more: { readonly type?: string; readonly location?: string } = {}) => {
    const answer = { status, body, type: more.type ?? "", location: more.location };
    return [judgeAnswer(answer, livepeerCloud).status, judgeAnswer(answer, livepeerStudio).status];
  };

  it("is what the gateway's kind answers to what costs nothing", () => {
    assert.deepStrictEqual(judge(200), ["ok", "warning"]);
    assert.deepStrictEqual(judge(401, '{"errors":["request is not authenticated"]}'), ["ok", "ok"]);
    assert.deepStrictEqual(judge(404, '{"errors":["not found"]}'), ["failed", "failed"]);
    assert.deepStrictEqual(judge(405), ["ok", "warning"]);
    assert.deepStrictEqual(judge(200, "<p>", { type: "text/html" }), ["failed", "failed"]);
    for (const status of [410, 500, 502, 503]) assert.deepStrictEqual(judge(status), ["failed", "failed"]);
    assert.deepStrictEqual(judge(429), ["warning", "warning"]);
  });

  it("of a gateway that moved names where to", () => {
    const location = "https://new.example/v1/text-to-image";
    const moved = judgeAnswer({ status: 301, body: "", type: "", location }, livepeerCloud);
    assert.strictEqual(moved.fix, "sluice config set gateway_url https://new.example/v1");
  });

  it("that does not come has a reason, and a command to try", () => {
    const url = new URL("http://127.0.0.1:8937/text-to-image");
    const refused = judgeConnection({ code: "ECONNREFUSED", message: "" }, url, { name: "emulator" });
    assert.match(refused.fix ?? "", /^sluice serve {3}#/);
    const far = judgeConnection({ code: "ETIMEDOUT", message: "" }, new URL("https://a.example/x"), { name: "a" });
    assert.strictEqual(far.fix, "nc -vz a.example 443");
    for (const code of ["ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EPERM"]) {
      assert.strictEqual(judgeLookup({ code, message: "" }, url, true).fix, "nslookup 127.0.0.1");
    }
  });
});

describe("the gateways", () => {
  const origin = { from: "default", where: "" } as const;
  const settings = (gateway: string) =>
    ({
      gateway: { value: gateway, text: gateway, origin },
      gateway_url: { value: undefined, text: undefined, origin },
    }) as Settings;
  const names = (...given: Parameters<typeof targetsOf>) =>
    targetsOf(...given).targets.map(({ profile, isUsed }) => `${profile.name}${isUsed ? "*" : ""}`);

  it("are the one that is used and those that are known, unless one is named", () => {
    assert.deepStrictEqual(names(settings("emulator"), false), ["emulator*", "livepeer-cloud", "livepeer-studio"]);
    assert.deepStrictEqual(names(settings("livepeer-cloud"), false), ["livepeer-cloud*", "livepeer-studio"]);
    assert.deepStrictEqual(names(settings("emulator"), true), ["emulator*"]);
    assert.deepStrictEqual(names(undefined, false), ["livepeer-cloud", "livepeer-studio"]);
  });
});

describe("a gateway that cannot be reached", () => {
  it("is a failure when calls go there, and else a warning", async () => {
    const profile = { ...livepeerCloud, baseUrl: `http://127.0.0.1:${await closedPort()}` };
    const statuses = async (isUsed: boolean) => {
      const { checks } = visitGateway({ profile, isUsed }, 5_000, {});
      return Promise.all(checks.map(async ({ look }) => (await look()).status));
    };
    assert.deepStrictEqual(await statuses(true), ["ok", "failed", "skipped", "skipped", "skipped"]);
    assert.deepStrictEqual(await statuses(false), ["ok", "warning", "skipped", "skipped", "skipped"]);
  });
});

describe("a proxy", () => {
  const url = new URL("https://gateway.example/v1");

  it("is meant for an address by its scheme, unless NO_PROXY says no", () => {
    const env = { HTTPS_PROXY: "http://p:1" };
    assert.strictEqual(proxyFor(url, env), "HTTPS_PROXY");
    assert.strictEqual(proxyFor(url, { all_proxy: "socks://p" }), "all_proxy");
    assert.isUndefined(proxyFor(url, { HTTP_PROXY: "http://p:1" }));
    for (const NO_PROXY of ["*", "example", ".example", "a, gateway.example", "*.example", "gateway.example:443"]) {
      assert.isUndefined(proxyFor(url, { ...env, NO_PROXY }), NO_PROXY);
    }
    for (const NO_PROXY of ["", "way.example", "gateway.example:80", "gateway.example.org"]) {
      assert.strictEqual(proxyFor(url, { ...env, NO_PROXY }), "HTTPS_PROXY", NO_PROXY);
    }
  });

  it("keeps what NO_PROXY holds, and is of no concern to this machine", () => {
    const env = { HTTPS_PROXY: "http://p:1", HTTP_PROXY: "http://p:1", no_proxy: "intranet" };
    assert.match(checkProxy([url], env).fix ?? "", /^export NO_PROXY=intranet,gateway\.example$/);
    assert.strictEqual(checkProxy([new URL("http://127.0.0.1:8937")], env).status, "ok");
  });
});

describe("the rest of the machine", () => {
  it("has room, or little, or none", () => {
    const statuses = [99e6, 999e6, 1e9].map((bytes) => judgeRoom("out", bytes, "df").status);
    assert.deepStrictEqual(statuses, ["failed", "warning", "ok"]);
    assert.strictEqual(judgeRoom("out", 2.34e9, "df").detail, "2.3 GB free for out");
  });

  it("keeps keys from others", () => {
    assert.strictEqual(judgePermissions("c", 0o100600).status, "ok");
    assert.include(judgePermissions("c", 0o100640), { status: "failed", fix: "chmod 600 c" });
  });

  it("shows images where a terminal's variables say so, and never in a multiplexer", () => {
    const screen = { isTerminal: true, columns: 50, hasColours: true };
    assert.strictEqual(checkTerminal(screen, {}, "auto").status, "warning");
    assert.include(checkTerminal({ ...screen, columns: 80 }, {}, "kitty").detail, "images inline (kitty)");
    assert.strictEqual(checkTerminal(screen, { TERM: "dumb" }, "auto").fix, "export TERM=xterm-256color");
  });

  it("has a keychain that answers, or does not, and needs none for a key in a variable", () => {
    const silent = { ok: false, detail: "it did not answer within 3 s" };
    assert.strictEqual(judgeKeychain({ ok: true, detail: "" }, {}).status, "ok");
    assert.strictEqual(judgeKeychain(silent, {}).status, "warning");
    assert.match(judgeKeychain(silent, {}).detail, /^it cannot be used: it did not answer within 3 s; /);
    assert.include(judgeKeychain(silent, { LIVEPEER_API_KEY: "k" }), { status: "skipped" });
  });

  it.runIf(process.platform === "linux")("does not wait for a keychain whose bus says nothing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-bus-"));
    const bus = createServer().listen(join(folder, "bus"));
    await once(bus, "listening");
    const env = { PATH: process.env["PATH"], DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, "bus")}` };
    assert.deepStrictEqual(await probeKeychain(env), { ok: false, detail: "it did not answer within 3 s" });
    bus.close();
    const none = await probeKeychain({ ...env, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere" });
    assert.isFalse(none.ok);
    assert.notMatch(none.detail, /^it did not answer/);
    const nobody = await probeKeychain({ PATH: process.env["PATH"] });
    assert.deepStrictEqual(nobody, { ok: false, detail: "this session has no D-Bus" });
    rmSync(folder, { recursive: true });
  });

  it("tells a status page that it cannot read from one with an incident", () => {
    assert.strictEqual(judgeSummary(undefined, "https://s", 404).status, "ok");
    assert.strictEqual(
      judgeSummary({ incidents: [], status: { indicator: "major" } }, "https://s", 200).status,
      "warning",
    );
    assert.match(judgeSummary({ incidents: [null] }, "https://s", 200).detail, /"an incident"/);
  });
});

describe("a secret in a line", () => {
  it("is known by its shape", () => {
    const secrets = [
      'x = "3f0e6a1c-1111-4000-8000-0123456789ab"',
      'gateway_url = "https://me:pass@gateway.example"',
      'studio_key = "abcdefgh12"',
      "# Authorization: Bearer abcdef.12345",
      "sk-abcdefghijklmnopqrst",
    ];
    for (const line of secrets) assert.isDefined(secretIn(line), line);
    const harmless = [
      'gateway_url = "https://gateway.example"',
      "# No key belongs here: LIVEPEER_API_KEY",
      'timeout = "90s"',
    ];
    for (const line of harmless) assert.isUndefined(secretIn(line), line);
  });
});

describe("the checks", () => {
  it("keep their order, and neither what throws nor what hangs ends them", async () => {
    const seen: Array<string> = [];
    const check = { title: "t", group: "g" };
    const checked = await runChecks(
      [
        { ...check, id: "hangs", look: () => new Promise(() => undefined) },
        { ...check, id: "throws", look: () => Promise.reject(new Error("no such thing")) },
        { ...check, id: "works", look: () => ({ status: "ok", detail: "fine", fix: null }) },
      ],
      { deadlineMs: 20, onChecked: ({ id }) => seen.push(id) },
    );
    assert.deepStrictEqual(
      checked.map(({ id, status }) => [id, status]),
      [
        ["hangs", "warning"],
        ["throws", "warning"],
        ["works", "ok"],
      ],
    );
    assert.strictEqual(seen.at(-1), "hangs");
    assert.match(checked[1]?.detail ?? "", /no such thing/);
  });

  it("are told in groups, wrapped, with a command that stays whole", () => {
    const fix = "export SOMETHING=/a/long/path/that/does/not/fit/on/the/line";
    const checked: ReadonlyArray<Checked> = [
      { id: "a", title: "a", group: "one", status: "ok", detail: "fine", fix: null, ms: 1 },
      { id: "b", title: "bb", group: "two", status: "failed", detail: "this is rather much to say", fix, ms: 1 },
    ];
    assert.strictEqual(
      reportOf(checked, styleOf(false), 30),
      `one\n  ✔ a   fine\n\ntwo\n  ✗ bb  this is rather much to\n        say\n        fix  ${fix}\n`,
    );
    assert.strictEqual(sumOf(checked), "2 checks: 1 ok, 1 failed");
  });
});
