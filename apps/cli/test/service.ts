/** The API service as a process of its own, as an operator starts it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { nodeFlags } from "./sluice.ts";

const main = join(import.meta.dirname, "../../api/src/main.ts");

const start = async (env: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, [...nodeFlags, main], {
    // A folder without a configuration file.
    cwd: import.meta.dirname,
    env: { PATH: process.env["PATH"], PORT: "0", SLUICE_ADMIN_PORT: "0", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  const ended = once(child, "close");
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      const [, found] = /sluice-api (http:\/\/\S+)[^]*docs/.exec(told) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`it ended before it listened: ${told}`)));
  });
  return {
    url,
    /** Of the operator's listener. */
    admin: /metrics +(http:\/\/\S+)\/metrics/.exec(told)?.[1] ?? "",
    /** Asks it for an image. */
    ask: (fields: object) =>
      fetch(`${url}/text-to-image`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fields),
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
};

/** Something that is no service, and refuses everybody; it tells which keys it was sent. */
const pretending = async (status: number) => {
  const authorizations: Array<string | undefined> = [];
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    response.writeHead(status).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

export const startService = Object.assign(start, { pretending });
