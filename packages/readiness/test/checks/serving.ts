/** A small HTTP server that answers by path; gone after the test. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Served {
  readonly status?: number;
  readonly text?: string;
}

/** Its address. What is at no path is answered 404. */
export const serving = async (paths: Readonly<Record<string, Served>>): Promise<string> => {
  const server = createServer((request, response) => {
    const { status = 200, text = "" } = paths[request.url ?? ""] ?? { status: 404 };
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
