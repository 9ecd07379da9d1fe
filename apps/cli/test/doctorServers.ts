/** Servers that `sluice doctor` visits: with a certificate that nobody trusts, a wrong clock, or nothing to say. */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selfSigned } from "./selfSigned.ts";

export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

const listening = async (server: Server, scheme: string, host: string): Promise<Served> => {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://${host}:${port}`,
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};

export const serveHttp = (listener: RequestListener): Promise<Served> =>
  listening(createServer(listener), "http", "127.0.0.1");

/** It takes connections, and says nothing. */
export const serveSilence = (): Promise<Served> => listening(createTcpServer(), "http", "127.0.0.1");

/** A port at which nothing listens: it was free a moment ago. */
export const closedPort = async (): Promise<number> => {
  await using server = await serveSilence();
  return server.port;
};

export interface Certificate {
  readonly keyFile: string;
  readonly file: string;
}

/** Signed by itself, for `localhost`. */
export const certificateFor = (days: number): Certificate & Disposable => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-tls-"));
  const [keyFile, file] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const { key, certificate } = selfSigned(days);
  writeFileSync(keyFile, key);
  writeFileSync(file, certificate);
  return { keyFile, file, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
};

export const serveTls = ({ keyFile, file }: Certificate, listener: RequestListener): Promise<Served> =>
  listening(createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(file) }, listener), "https", "localhost");

/** As go-livepeer answers what costs nothing. */
export const emptily: RequestListener = (_, response) => {
  response.end();
};
