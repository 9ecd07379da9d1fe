/**
 * A gateway that takes uploads and gives files, in a process of its own: run by `fork`, it sends its two origins. The first
 * reads and writes as fast as it can; the second takes 100 KB or so at a time, with a rest after each.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { restMs, sizeBytes } from "./sizes.ts";

const body = '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n';
const answerHeaders = { "Content-Type": "application/json", "Content-Length": body.length };
const piece = Buffer.alloc(65_536, 1);

const slowly = (request: IncomingMessage): void => {
  request.on("data", () => {
    request.pause();
    setTimeout(() => request.resume(), restMs);
  });
};

const listen = async (take: (request: IncomingMessage) => void): Promise<string> => {
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    take(request);
    if (request.method === "POST") {
      request.on("end", () => response.writeHead(200, answerHeaders).end(body));
      return;
    }
    response.writeHead(200, { "Content-Type": "image/png", "Content-Length": sizeBytes });
    let left = sizeBytes;
    const more = (): void => {
      while (left > 0) {
        const next = piece.subarray(0, left);
        left -= next.length;
        if (!response.write(next)) return;
      }
      response.end();
    };
    response.on("drain", more);
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const origins = [await listen((request) => request.resume()), await listen(slowly)];
process.send?.(origins);
process.on("disconnect", () => process.exit());
