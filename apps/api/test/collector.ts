/** A collector on this machine: it takes all that it is sent over HTTP, and keeps it. */
import { openServer } from "./openServer.ts";

export interface Delivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** `status`: what it answers; `silent`: nothing, ever. */
export const startCollector = async (status: number | "silent" = 200) => {
  const deliveries: Array<Delivery> = [];
  const server = await openServer((request, body, response) => {
    deliveries.push({ path: request.url ?? "", headers: request.headers, body });
    if (status !== "silent") response.writeHead(status).end();
  });
  return { ...server, deliveries };
};
