/** A server in a process of its own, on a port that was free a moment ago. It is ready when the port takes a connection. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { onMeasuredCore } from "./cores.ts";

export interface Server {
  readonly origin: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** The end of what it wrote on stderr. */
  readonly written: () => string;
  /** Ends it at once. */
  readonly stop: () => Promise<void>;
}

export interface Program {
  readonly port: number;
  readonly command: ReadonlyArray<string>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether the measured core is its own. */
  readonly pinned: boolean;
  /** Whether it and this process send each other messages. */
  readonly talks?: boolean;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

/** How long a server may take until it listens, in milliseconds. */
const patience = 30_000;

/** Rejects, with the end of what the program wrote, when it ends before it listens. */
export const startServer = async ({
  port,
  command,
  env = {},
  cwd,
  pinned,
  talks = false,
}: Program): Promise<Server> => {
  const [file = "", ...args] = pinned ? onMeasuredCore(command) : command;
  const child = spawn(file, args, {
    // As in ../transfer/weigh.ts: which thread frees a buffer is chance, and must not show.
    env: { PATH: process.env["PATH"], NODE_ENV: "production", MALLOC_ARENA_MAX: "1", ...env },
    stdio: ["ignore", "ignore", "pipe", ...(talks ? (["ipc"] as const) : [])],
    ...(cwd === undefined ? {} : { cwd }),
  });
  let written = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    written = (written + text).slice(-2_000);
  });
  const ended = once(child, "exit");
  const kill = () => {
    child.kill("SIGKILL");
  };
  process.once("exit", kill);
  const stop = async (): Promise<void> => {
    process.off("exit", kill);
    kill();
    await ended;
  };
  const { pid } = child;
  const giveUpAt = performance.now() + patience;
  while (!(await takesConnections(port))) {
    if (pid === undefined || child.exitCode !== null || performance.now() > giveUpAt) {
      if (pid !== undefined) await stop();
      throw new Error(`${command.join(" ")} does not listen on port ${port}. The end of what it wrote:\n${written}`);
    }
    await setTimeout(20);
  }
  return { origin: `http://127.0.0.1:${port}`, pid: pid ?? 0, child, written: () => written, stop };
};

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const settle = (taken: boolean) => () => {
      socket.destroy();
      resolve(taken);
    };
    socket.once("connect", settle(true)).once("error", settle(false));
  });
