/** The service of this repository as a process, in front of Studio at the address that these variables name. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Clone } from "./makeClone.ts";

export interface Service extends AsyncDisposable {
  readonly generate: () => Promise<void>;
  /** Prometheus's text. */
  readonly metrics: () => Promise<string>;
}

export const startService = async (
  { root, app, env, nodeFlags }: Clone,
  variables: NodeJS.ProcessEnv,
): Promise<Service> => {
  const child = spawn(process.execPath, [...nodeFlags, join(root, "apps/api/src/main.ts")], {
    cwd: app,
    env: { ...env, PORT: "0", SLUICE_ADMIN_PORT: "0", SLUICE_GATEWAY: "livepeer-studio", ...variables },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "close");
  const { url, admin } = await addressesIn(child.stderr, ended);
  const bodyOf = async (response: Response): Promise<string> => {
    const text = await response.text();
    if (!response.ok) throw new Error(`the service answered ${response.status}: ${text}`);
    return text;
  };
  return {
    generate: async () => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ prompt: "a red fox in snow", seed: 7 });
      await bodyOf(await fetch(`${url}/text-to-image`, { method: "POST", headers, body }));
    },
    metrics: async () => bodyOf(await fetch(`${admin}/metrics`)),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
};

/** As it tells them when it starts. */
const addressesIn = (
  stderr: NodeJS.ReadableStream,
  ended: Promise<unknown>,
): Promise<{ readonly url: string; readonly admin: string }> =>
  new Promise((resolve, reject) => {
    let told = "";
    stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      const [, url] = /sluice-api (http:\/\/\S+)/.exec(told) ?? [];
      const [, admin] = /metrics +(http:\/\/\S+)\/metrics/.exec(told) ?? [];
      if (url !== undefined && admin !== undefined) resolve({ url, admin });
    });
    void ended.then(() => reject(new Error(`the service ended before it listened: ${told}`)));
  });
