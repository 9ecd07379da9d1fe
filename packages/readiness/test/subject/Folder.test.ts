import * as Effect from "effect/Effect";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openFolder } from "../../src/index.ts";
import { folderWith } from "../subject.ts";

it("reads no device that a repository's link leads to, for it may have no end", async () => {
  const path = folderWith({ "a.txt": "a" });
  symlinkSync("/dev/zero", join(path, "endless.ts"));
  symlinkSync(join(path, "a.txt"), join(path, "link.txt"));
  const folder = await Effect.runPromise(openFolder(path));
  expect(await Effect.runPromise(folder.text("endless.ts"))).toBeUndefined();
  expect(await Effect.runPromise(folder.text("link.txt"))).toBe("a");
});

it("knows where it stands in its repository", async () => {
  const path = folderWith({ "apps/a shop/a.txt": "a" });
  const below = async (folder: string) =>
    Effect.runPromise(Effect.flatMap(openFolder(join(path, folder)), (opened) => opened.below));
  expect(await below("apps")).toBe("");
  execFileSync("git", ["init", "--quiet"], { cwd: path });
  expect(await below("")).toBe("");
  expect(await below("apps/a shop")).toBe("apps/a shop/");
});
