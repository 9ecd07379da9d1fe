/** Somebody who is told of alerts: takes whatever is posted. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Webhook extends AsyncDisposable {
  /** The service's configuration that names it. */
  readonly settings: string;
}

export const startWebhook = async (): Promise<Webhook> => {
  const server = createServer((request, response) => {
    request.resume().once("end", () => response.writeHead(204).end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  return {
    settings: `[[webhooks]]\nurl = "http://127.0.0.1:${port}/"\nsecret = "${secret}"\nallowPrivate = true\n`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
