/** A gateway whose answers and files a test decides one by one: what the emulator does not do, such as to lose one file of three. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ScriptedGateway extends AsyncDisposable {
  readonly url: string;
}

/** Every POST gets `answer`; every GET goes to `file`, with its path. */
export const scriptedGateway = async (
  answer: object,
  file: (path: string, response: ServerResponse) => void = (_, response) => void response.writeHead(404).end(),
): Promise<ScriptedGateway> => {
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      file(request.url ?? "", response);
      return;
    }
    request.resume().on("end", () => {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

/** An answer with images at `/1.png` and so on. */
export const imagesOf = (number: number, seed?: number): object => ({
  images: Array.from({ length: number }, (_, index) => ({
    url: `/${index + 1}.png`,
    seed: seed ?? 100 + index,
    nsfw: false,
  })),
});
