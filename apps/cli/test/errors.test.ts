import { catalogue } from "@sluice/errors/catalogue";
import { assert, describe, it } from "vitest";
import { found, listed, meant } from "../src/errors/listed.ts";
import { codes } from "../src/failures/codes.ts";
import { resultOf, sluice } from "./sluice.ts";
import { onTerminal } from "./terminal.ts";

describe("a code", () => {
  it("is found as it is written, in small letters, and without its first part", () => {
    for (const { code } of listed) {
      for (const given of [code, code.toLowerCase(), code.replace("SLUICE-", ""), ` ${code} `]) {
        assert.deepStrictEqual(
          found(given).map((one) => one.code),
          [code],
        );
      }
    }
  });

  it("by its number is all that have it", () => {
    const all = found("503").map(({ code }) => code);
    assert.isAbove(all.length, 5);
    assert.isTrue(all.every((code) => code.startsWith("SLUICE-503-")));
    assert.deepStrictEqual(
      found("503-cold").map(({ code }) => code),
      ["SLUICE-503-COLD"],
    );
    assert.deepStrictEqual(found("50"), []);
    assert.deepStrictEqual(found("SLUICE-"), []);
  });

  it("that is none is taken for the nearest, or for nothing", () => {
    assert.strictEqual(meant("503-CLOD"), "SLUICE-503-COLD");
    assert.strictEqual(meant("sluice-usege"), "SLUICE-USAGE");
    assert.strictEqual(meant("something else entirely"), undefined);
  });
});

describe("sluice errors", () => {
  it("lists every code with its exit code and title", async () => {
    const { code, stdout, stderr } = await sluice(["errors"]);
    assert.strictEqual(code, 0);
    assert.strictEqual(stderr, "");
    assert.lengthOf(stdout.trimEnd().split("\n"), 1 + catalogue.length + Object.keys(codes).length);
    assert.match(stdout, /^SLUICE-503-COLD +7 +yes +The model is cold$/m);
    assert.match(stdout, /^SLUICE-USAGE +2 +no +The command is not written as it must be$/m);
    const told = resultOf(await sluice(["errors", "503", "--json"]));
    assert.lengthOf(told["codes"] as ReadonlyArray<unknown>, found("503").length);
  });

  it("explains one: cause, fix, whether it is tried again, exit code and link", async () => {
    const { code, stdout } = await sluice(["errors", "503-cold"]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^SLUICE-503-COLD {2}The model is cold\n\nCAUSE\n {2}The gateway answered 503/);
    assert.match(stdout, /\nFIX\n {2}1\. Usually nothing/);
    assert.match(
      stdout,
      /\nretryable {5}yes \(.*attempts in at most 295 s\)\nmay have run {2}no\nexit code {5}7\ndocs {10}https:/,
    );
    assert.isTrue(stdout.split("\n").every((line) => line.length <= 100));
    const own = resultOf(await sluice(["errors", "SLUICE-CONFIRM", "--json"]));
    assert.deepInclude(own["explained"], { todo: [codes["SLUICE-CONFIRM"].fix] });
    const screen = await onTerminal(["errors", "429"]);
    assert.strictEqual(screen.code, 0);
    assert.include(screen.raw, "\u001B[1mCAUSE");
    assert.isTrue(screen.text.split("\n").every((line) => line.length <= 80));
  });

  it("does not know a misspelt one, and says which was meant", async () => {
    const { code, stdout, stderr } = await sluice(["errors", "SLUICE-503-CLOD"]);
    assert.strictEqual(code, 2);
    assert.strictEqual(stdout, "");
    assert.include(stderr, "Did you mean SLUICE-503-COLD?");
  });

  it("shows the waits of a policy, within the time there is", async () => {
    const { code, stdout } = await sluice(["errors", "503-cold", "--policy", "standard", "--timeout", "60s"]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^SLUICE-503-COLD: 13 to 14 attempts in at most 55 s\n\nattempt {2}wait before it/);
    const all = await sluice(["errors", "--policy", "never"]);
    assert.match(all.stdout, /^Not tried again: SLUICE-400-CONFIGURATION, /);
    const told = resultOf(await sluice(["errors", "503", "--policy", "warm", "--json"]));
    assert.nestedPropertyVal(told, "policy.deadlineMs", 300_000);
    const wrong = await sluice(["errors", "--policy", "standrad"]);
    assert.strictEqual(wrong.code, 2);
  });
});
