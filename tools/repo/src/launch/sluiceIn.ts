/** `sluice` in the clone, as somebody would type it, with these variables. What it prints is printed; a failure ends everything. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Clone } from "./makeClone.ts";

export const sluiceIn =
  ({ root, app, env, nodeFlags }: Clone, variables: NodeJS.ProcessEnv = {}) =>
  async (...args: ReadonlyArray<string>): Promise<void> => {
    process.stdout.write(`\n$ sluice ${args.map((arg) => (arg.includes(" ") ? `"${arg}"` : arg)).join(" ")}\n`);
    const main = join(root, "apps/cli/src/main.ts");
    const child = spawn(process.execPath, [...nodeFlags, main, ...args], {
      cwd: app,
      env: { ...env, ...variables },
      stdio: "inherit",
    });
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`sluice ${args.slice(0, 2).join(" ")} ended with ${code ?? "a signal"}`);
  };
