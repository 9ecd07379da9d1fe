/** A gateway that answers every request with the same text-to-image answer, in a process of its own: run by `fork`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const body = '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n';
const headers = { "Content-Type": "application/json", "Content-Length": body.length };

const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(200, headers).end(body));
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
