/** Keys that are kept in a file, where there is no keychain: nobody else may read it. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "../settings/places.ts";
import { type Found, ok, problem, skipped } from "./Check.ts";

export const judgePermissions = (path: string, mode: number): Found => {
  const octal = (mode & 0o777).toString(8).padStart(4, "0");
  if ((mode & 0o077) === 0) return ok(`${path} is yours alone (${octal})`);
  return problem(`${path} may be read by others (${octal}); it holds keys`, `chmod 600 ${path}`);
};

export const checkCredentials = (env: NodeJS.ProcessEnv): Found => {
  if (process.platform === "win32") return skipped("Windows keeps it in your profile");
  const folder = stateFolder(env);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("credentials")) : [];
  const found = names.map((name) => {
    const path = join(folder, name);
    return judgePermissions(path, statSync(path).mode);
  });
  return found.find(({ status }) => status === "failed") ?? found[0] ?? ok("no key is kept in a file");
};
