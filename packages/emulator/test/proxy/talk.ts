/** One exchange of bytes over a socket, which tells a reset from a connection that was closed. */
import { connect } from "node:net";
import { generation } from "../generate.ts";

export interface Talk {
  readonly send: (text: string) => void;
  readonly hangUp: () => void;
  /** What was heard until the connection was over, and how that was. */
  readonly over: Promise<{ readonly bytes: string; readonly end: "closed" | "reset" }>;
}

/** Sends the head of a text-to-image, or of what is asked for at another path, whose body is said to be so long. */
export const talk = (
  origin: string,
  length: number,
  headers: Readonly<Record<string, string>> = {},
  path = generation().path,
): Talk => {
  const { hostname, port, host } = new URL(origin);
  const socket = connect(Number(port), hostname);
  let bytes = "";
  let end: "closed" | "reset" = "closed";
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.toString("latin1");
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ECONNRESET") end = "reset";
  });
  const over = new Promise<Awaited<Talk["over"]>>((resolve) => {
    socket.on("close", () => {
      resolve({ bytes, end });
    });
  });
  const { headers: own } = generation();
  const fields = { Host: host, ...own, "Content-Length": String(length), ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
  return {
    over,
    send: (text) => socket.write(text),
    hangUp: () => socket.destroy(),
  };
};
