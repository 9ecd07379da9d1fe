/** npm is a program of the test's own here: what a kit makes of its words and of its end, without a network. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Kit, withoutHosts } from "../src/Kit.ts";

let home: string;
let said: string;
const installed = () => join(home, "node_modules/.package-lock.json");

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kit-"));
  said = "";
  writeFileSync(join(home, "package.json"), "{}");
  writeFileSync(join(home, "package-lock.json"), "{}");
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

const npmIs = (script: string) => {
  const folder = join(home, "programs");
  mkdirSync(folder);
  writeFileSync(join(folder, "npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "npm"), 0o755);
  vi.stubEnv("PATH", [folder, process.env["PATH"]].join(delimiter));
};

const npmInstalls = `
  echo "$@" >> calls
  mkdir -p node_modules/tool
  echo '{"main":"tool.js"}' > node_modules/tool/package.json
  touch node_modules/tool/tool.js node_modules/.package-lock.json`;

it("is installed when first used, by its lockfile, and gives its packages", () => {
  npmIs(`${npmInstalls}; echo 'npm warn https://registry.example:8080/tool is old' >&2`);
  const kit = new Kit(home);
  expect(kit.entryOf("tool")).toBe(join(home, "node_modules/tool/tool.js"));
  expect(kit.binaries).toBe(join(home, "node_modules/.bin"));
  expect(said).toMatch(/^installing the kit-\w+…\nnpm warn <host>\/tool is old\n$/);
});

it("is not installed again, but for another lockfile", () => {
  npmIs(npmInstalls);
  const kit = new Kit(home);
  kit.install();
  rmSync(join(home, "calls"));
  kit.install();
  expect(existsSync(join(home, "calls"))).toBe(false);
  const later = Date.now() / 1_000 + 60;
  utimesSync(join(home, "package-lock.json"), later, later);
  kit.install();
  expect(existsSync(join(home, "calls"))).toBe(true);
});

it("is installed again after an install that was interrupted", () => {
  mkdirSync(join(home, "node_modules/tool"), { recursive: true });
  npmIs(npmInstalls);
  new Kit(home).install();
  expect(existsSync(installed())).toBe(true);
});

it("tells what npm complains of, but for the registry's host, and fails", () => {
  npmIs(`echo 'npm error 403 GET https://user:secret@registry.example/tool' >&2; exit 1`);
  expect(() => new Kit(home).install()).toThrow(/^npm could not install the kit-\w+; what it says stands above\.$/);
  expect(said).toMatch(/\nnpm error 403 GET <host>\/tool\n$/);
});

it("fails when there is no npm", () => {
  vi.stubEnv("PATH", home);
  expect(() => new Kit(home).install()).toThrow("ENOENT");
});

it("leaves all of a text but the hosts in it", () => {
  expect(withoutHosts("a http://b:80/c and https://d.e/f, g/h")).toBe("a <host>/c and <host>/f, g/h");
});
