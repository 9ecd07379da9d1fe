/** A plain server of this machine, on a free port, for what the service sends to others. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** `answer` is asked when a body is whole. */
export const openServer = async (
  answer: (request: IncomingMessage, body: Buffer, response: ServerResponse) => void,
) => {
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        answer(request, Buffer.concat(chunks), response);
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
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close };
};
