/** Node's version, and whether the shell could find another `sluice`. */
import { realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Found, ok, problem, warning } from "./Check.ts";

const least = [22, 19] as const;

export const judgeNode = (version: string): Found => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > least[0] || (major === least[0] && minor >= least[1]);
  if (!isEnough) return problem(`${version}; Sluice needs ${least.join(".")} or later`, "nvm install 24");
  // Odd ones are no longer mended half a year after they came out.
  if (major % 2 === 1) return warning(`${version} is no long-term release`, "nvm install 24");
  return ok(version);
};

export const checkNode = (): Found => judgeNode(process.versions.node);

/** Each program of the name that a shell would find, in its order; links to one program count once. */
export const programsOnPath = (
  env: NodeJS.ProcessEnv,
  name: string,
  platform: NodeJS.Platform = process.platform,
): ReadonlyArray<string> => {
  const endings = platform === "win32" ? [".cmd", ".exe", ".ps1"] : [""];
  const found = new Map<string, string>();
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    if (folder === "") continue;
    for (const ending of endings) {
      const path = join(folder, name + ending);
      try {
        const program = realpathSync(path);
        if (!found.has(program)) found.set(program, path);
        break;
      } catch {
        // It is not there.
      }
    }
  }
  return [...found.values()];
};

export const judgePath = (programs: ReadonlyArray<string>): Found => {
  const [first, ...others] = programs;
  if (first === undefined) return ok("sluice is not on the PATH; it was started by its file");
  if (others.length === 0) return ok(first);
  return warning(
    `${programs.length} programs are called sluice: ${programs.join(", ")}; the shell takes the first`,
    `rm ${quoted(others)}`,
  );
};

const quoted = (paths: ReadonlyArray<string>): string =>
  paths.map((path) => (/^[\w./\\:-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`)).join(" ");
