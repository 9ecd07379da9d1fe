/** Who proxies: each is started in front of a gateway, alone on the measured core, and takes the same requests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peers } from "../peers.ts";
import { findNginx, nginxCommand } from "./nginx.ts";
import { livepeerRequests, openAiRequests, type Requests } from "./requests.ts";
import { sluiceCommand, sluiceEnvironment, sluiceHeaders } from "./sluice.ts";
import { freePort, type Program, type Server, startServer } from "./startServer.ts";

export interface Running {
  readonly origin: string;
  /** Absent: there is no proxy. */
  readonly pid: number | undefined;
  readonly requests: Requests;
  readonly stop: () => Promise<void>;
}

export interface Contestant {
  readonly name: string;
  readonly start: (gateway: string) => Promise<Running>;
}

const node = (file: string, ...args: ReadonlyArray<string>): ReadonlyArray<string> => [process.execPath, file, ...args];
const script = (name: string, ...args: ReadonlyArray<string>) => node(join(import.meta.dirname, name), ...args);

/** The gateway behind all of them. */
export const startGateway = async (): Promise<Server> => {
  const port = await freePort();
  return startServer({ port, command: script("upstream.ts", String(port)), pinned: false });
};

interface Setting {
  readonly port: number;
  readonly gateway: string;
  /** For its files; deleted when it ends. */
  readonly folder: string;
}

const proxy = (
  name: string,
  programFor: (setting: Setting) => Pick<Program, "command" | "env">,
  requestsTo: (origin: string, gateway: string) => Requests,
): Contestant => ({
  name,
  start: async (gateway) => {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
    const program = programFor({ port, gateway, folder });
    const { origin, pid, stop } = await startServer({ ...program, port, cwd: folder, pinned: true });
    return {
      origin,
      pid,
      requests: requestsTo(origin, gateway),
      stop: async () => {
        await stop();
        rmSync(folder, { recursive: true });
      },
    };
  },
});

/** No proxy: what the others are added to. */
export const direct: Contestant = {
  name: "direct",
  start: (gateway) =>
    Promise.resolve({
      origin: gateway,
      pid: undefined,
      requests: livepeerRequests(gateway),
      stop: () => Promise.resolve(),
    }),
};

export const floor = proxy(
  "floor",
  ({ port, gateway }) => ({ command: script("floor.ts", String(port), gateway) }),
  (origin) => livepeerRequests(origin),
);

/** No other contestant fetches what an answer names. */
const noFiles = '\n[media]\nstore = "off"\n';

const sluice = proxy(
  "sluice",
  ({ port, gateway, folder }) => ({ command: sluiceCommand(), env: sluiceEnvironment(folder, port, gateway, noFiles) }),
  (origin) => livepeerRequests(origin, sluiceHeaders()),
);

const portkey = (): Contestant => {
  peers.install();
  const entry = join(peers.binaries, "../@portkey-ai/gateway/build/start-server.js");
  return proxy(
    "portkey",
    ({ port }) => ({
      command: node(
        `--import=${join(import.meta.dirname, "mutableAnswers.ts")}`,
        entry,
        "--headless",
        `--port=${port}`,
      ),
    }),
    (origin, gateway) =>
      openAiRequests(origin, {
        authorization: "Bearer none",
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": `${gateway}/v1`,
      }),
  );
};

/** In the order of the table. nginx is left out, with a sentence on stderr, when it is not to be had. */
export const contestants = (): ReadonlyArray<Contestant> => {
  const binary = findNginx();
  if (binary === undefined)
    process.stderr.write("nginx is left out: it is not on this machine, and apt-get has not fetched it.\n");
  const nginx = (program: string): Contestant =>
    proxy(
      "nginx",
      ({ port, gateway, folder }) => ({ command: nginxCommand(program, folder, port, gateway) }),
      (origin) => livepeerRequests(origin),
    );
  return [direct, floor, sluice, portkey(), ...(binary === undefined ? [] : [nginx(binary)])];
};
