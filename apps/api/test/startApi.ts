/** The service as a process of its own, with no environment but the given one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject } from "vitest";

export type Environment = Readonly<Record<string, string>>;

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Node is given to run it, as it is shipped. */
const bundle: ReadonlyArray<string> = [join(inject("built"), "main.js")];

/** And from its sources. */
export const sources: ReadonlyArray<string> = [
  "--conditions=@sluice/source",
  join(import.meta.dirname, "../src/main.ts"),
];

/** Compiled code is kept between the tests. */
const compiled = { NODE_COMPILE_CACHE: join(inject("built"), "compiled") };

/** Started in this folder, where there is no `.env` file, unless another is given. */
export const launch = (
  env: Environment,
  cwd = import.meta.dirname,
  args: ReadonlyArray<string> = [],
  program = bundle,
) => {
  const child = spawn(process.execPath, [...program, ...args], {
    cwd,
    env: { PORT: "0", SLUICE_ADMIN_PORT: "0", ...(program === bundle ? compiled : {}), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      written[name] += text;
    });
  }
  // `close` comes after the last of its output.
  const ended = once(child, "close").then((): Run => ({ code: child.exitCode, ...written }));
  return { child, written, ended };
};

/** Runs it to its end, with these arguments on its command line. */
export const runApi = (env: Environment, ...args: ReadonlyArray<string>): Promise<Run> =>
  launch(env, undefined, args).ended;

/** Starts it and waits for the line that says where it listens. */
export const startApi = async (env: Environment, cwd?: string, program?: ReadonlyArray<string>) => {
  const { child, written, ended } = launch(env, cwd, [], program);
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on("data", () => {
      const [, found] = /sluice-api (http:\/\/\S+)[^]*docs/.exec(written.stderr) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ code, stderr }) => {
      reject(new Error(`it ended with ${String(code)} before it listened: ${stderr}`));
    });
  });
  return {
    url,
    /** Of the operator's listener. */
    admin: /metrics +(http:\/\/\S+)\/metrics/.exec(written.stderr)?.[1] ?? "",
    written,
    ended,
    signal: (name: NodeJS.Signals) => child.kill(name),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
};

/** Asks a service for an image. */
export const askAt = (url: string, fields: object, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}/text-to-image`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(fields),
  });
