/** The service as a process of its own, with no environment but the given one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Started in this folder, where there is no `.env` file, unless another is given. */
const launch = (env: Environment, cwd = import.meta.dirname) => {
  const child = spawn(process.execPath, ["--conditions=@sluice/source", main], {
    cwd,
    env: { PORT: "0", ...env },
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

/** Runs it to its end. */
export const runApi = (env: Environment): Promise<Run> => launch(env).ended;

/** Starts it and waits for the line that says where it listens. */
export const startApi = async (env: Environment, cwd?: string) => {
  const { child, written, ended } = launch(env, cwd);
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on("data", () => {
      const found = /sluice-api (http:\/\/\S+)/.exec(written.stderr)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ code, stderr }) => {
      reject(new Error(`it ended with ${String(code)} before it listened: ${stderr}`));
    });
  });
  return {
    url,
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
