/** A receiver of webhooks on this machine. It keeps what comes, and answers each try as it is told to. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Try {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Reply = number | "silent" | { readonly status: number; readonly headers: Readonly<Record<string, string>> };

/** `replies`: to one try after the other; the last holds for all that follow. */
export const startReceiver = async (...replies: ReadonlyArray<Reply>) => {
  const tries: Array<Try> = [];
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        const reply = replies[Math.min(tries.length, replies.length - 1)] ?? 204;
        const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
        tries.push({
          path: request.url ?? "",
          headers: Object.fromEntries(headers) as Try["headers"],
          body: Buffer.concat(chunks).toString(),
        });
        if (reply === "silent") return;
        if (typeof reply === "number") response.writeHead(reply).end("thank you");
        else response.writeHead(reply.status, reply.headers).end();
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
  return { url: `http://127.0.0.1:${port}/hook`, port, tries, [Symbol.asyncDispose]: close };
};
