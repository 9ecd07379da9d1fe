/**
 * A gateway whose models differ, in a process of its own: run by `fork`. `cold` is answered 503, `closed` by a closed
 * socket, as go-livepeer does; any other model answers after ten milliseconds.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

const image = '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n';
const unavailable = '{"error":{"message":"Service Unavailable Error"}}\n';
const runMs = 10;

const modelIn = async (request: IncomingMessage): Promise<unknown> => {
  const chunks = (await request.toArray()) as Array<Buffer>;
  return (JSON.parse(Buffer.concat(chunks).toString()) as { readonly model_id?: unknown }).model_id;
};

const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const answer = (status: number, body: string) =>
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
  void modelIn(request).then((model) => {
    if (model === "cold") answer(503, unavailable);
    else if (model === "closed") request.socket.destroy();
    else setTimeout(() => answer(200, image), runMs);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
