import { expect, it } from "vitest";
import { askNx } from "../src/nx.ts";

const testedAfter = (file: string) =>
  askNx("show", "projects", "--affected", `--files=${file}`, "--with-target=test", "--json");

it("a change in pricing runs the tests of what uses it, and no other", async () => {
  const affected = await testedAfter("packages/pricing/src/index.ts");
  expect(affected).toEqual(expect.arrayContaining(["@sluice/pricing", "@sluice/core", "@sluice/cli"]));
  expect(affected).not.toContain("@sluice/errors");
  expect(affected).not.toContain("@sluice/models");
  expect(affected).not.toContain("@sluice/emulator");
});

it("a change in a page of the docs that no test reads runs none", async () => {
  expect(await testedAfter("docs/a-page.md")).toEqual([]);
});

it("a change of the lockfile runs every test", async () => {
  const every = await askNx("show", "projects", "--with-target=test", "--json");
  expect(new Set((await testedAfter("package-lock.json")) as Array<string>)).toEqual(new Set(every as Array<string>));
});

it("a change in what the tools share runs the tests of each that uses it", async () => {
  expect(await testedAfter("tools/repo/src/Kit.ts")).toEqual(
    expect.arrayContaining(["tools-bench", "tools-release", "tools-repo"]),
  );
  expect(await testedAfter("tools/release/src/bundle.ts")).toEqual(
    expect.arrayContaining(["tools-bench", "tools-release"]),
  );
});

it("a change of a manifest runs the tests that read all of them", async () => {
  expect(await testedAfter("packages/errors/package.json")).toContain("tools-repo");
});
