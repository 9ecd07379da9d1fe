/** A collector on this machine: it takes all that it is sent over HTTP, and keeps it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Delivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** `status`: what it answers; `silent`: nothing, ever. */
export const startCollector = async (status: number | "silent" = 200) => {
  const deliveries: Array<Delivery> = [];
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        deliveries.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) });
        if (status !== "silent") response.writeHead(status).end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, deliveries, close, [Symbol.asyncDispose]: close };
};
