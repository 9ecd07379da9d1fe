/** Our service in front of a gateway: how it is started, with what in its configuration, and who may call it. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const app = join(import.meta.dirname, "../../../../apps/api");

/** Builds what runs in production; nx remembers what it has built. */
export const buildSluice = (): void => {
  execFileSync("nx", ["run", "@sluice/api:build"], { stdio: ["ignore", "ignore", "inherit"] });
};

/** The built bundle, where there is one; else the sources. `flags` are Node's. */
export const sluiceCommand = (...flags: ReadonlyArray<string>): ReadonlyArray<string> => {
  const bundle = join(app, "dist/main.js");
  if (existsSync(bundle)) return [process.execPath, ...flags, bundle];
  return [process.execPath, "--conditions=@sluice/source", ...flags, join(app, "src/main.ts")];
};

interface Key {
  readonly key: string;
  readonly id: string;
  readonly hash: string;
}

let made: Key | undefined;

/** Of the one caller; made when it is first needed, and gone with this process. */
const callersKey = (): Key => {
  if (made !== undefined) return made;
  const [node = "", ...args] = sluiceCommand();
  const { stdout, stderr } = spawnSync(node, [...args, "key", "new", "--name", "bench"], {
    encoding: "utf8",
    timeout: 30_000,
  });
  const [key, id] = /(slk_live_\w{12})_\w{36}/.exec(stdout) ?? [];
  const hash = /sha256:[0-9a-f]{64}/.exec(stdout)?.[0];
  if (key === undefined || id === undefined || hash === undefined) {
    throw new Error(`\`sluice-api key new\` printed no key. What it says:\n${stderr}`);
  }
  made = { key, id, hash };
  return made;
};

/** Limits that are counted, and never reached. */
const configuration = ({ id, hash }: Key): string => `
[[keys]]
name = "bench"
id = "${id}"
hash = "${hash}"
created = ${new Date().toISOString().slice(0, 10)}
limits = { requestsPerMinute = 1000000, concurrency = 10000, megapixelsPerMinute = 100000 }
`;

/** The environment that it is started with. Its configuration is kept in `folder`; `more` of it is TOML. */
export const sluiceEnvironment = (
  folder: string,
  port: number,
  gateway: string,
  more = "",
): Readonly<Record<string, string>> => {
  const file = join(folder, "sluice.toml");
  writeFileSync(file, configuration(callersKey()) + more);
  return {
    HOST: "127.0.0.1",
    PORT: String(port),
    SLUICE_ADMIN_PORT: "0",
    SLUICE_GATEWAY: gateway,
    SLUICE_CONFIG: file,
  };
};

/** What a request to it carries. */
export const sluiceHeaders = (): Readonly<Record<string, string>> => ({ authorization: `Bearer ${callersKey().key}` });
