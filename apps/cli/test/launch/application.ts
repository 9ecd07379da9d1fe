/** Applications to look at: folders of files, some with a repository. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../folder.ts";

export const application = (files: Readonly<Record<string, string>> = {}, { git = false } = {}) => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const run = (...args: ReadonlyArray<string>) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: folder.path });
  if (git) {
    run("init", "--quiet");
    run("add", "--all");
    run("commit", "--quiet", "--allow-empty", "--message", "all");
  }
  return Object.assign(folder, { write });
};

/** It has somebody to call. */
export const contact = '[incident]\ncontact = "on-call@example.com"\n';
