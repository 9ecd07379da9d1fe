/**
 * A forward proxy on this machine: what is meant for the fixed gateway goes to the drill's, what is meant for this machine
 * goes there, and anything else is refused. It looks for the drill's key in what it can read.
 */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import type { FixedGateway } from "./FixedGateway.ts";
import { forward, type Onward } from "./forward.ts";

export interface Proxy {
  readonly url: string;
  readonly keySentTo: () => ReadonlyArray<string>;
  /** Whom it was asked for and did not lead to, such as `https://api.example.com`. */
  readonly refused: () => ReadonlyArray<string>;
}

export interface ProxySettings {
  readonly fixed: FixedGateway;
  /** The drill's gateway. */
  readonly gateway: URL;
  /** The beginning of a path that the drill's gateway does not have. */
  readonly strip: string;
  readonly key: string;
}

type Destination = Pick<Onward, "to" | "host">;

/** What came through a `CONNECT`. */
interface Tunnel {
  readonly target: URL;
  readonly socket: Duplex;
}

export const startProxy = Effect.fnUntraced(function* (
  settings: ProxySettings,
): Effect.fn.Return<Proxy, never, Scope.Scope> {
  const { fixed, gateway, strip, key } = settings;
  const keySentTo = new Set<string>();
  const refused = new Set<string>();
  const tunnels = new WeakMap<object, Tunnel>();
  const sockets = new Set<Duplex>();
  /** Where it may go, and as whom it asks there. */
  const destinationOf = (target: URL, headers: ReadonlyArray<string>): Destination | undefined => {
    if (target.origin === fixed.url.origin) {
      return { to: new URL(gateway.origin + below(strip, target.pathname) + target.search), host: gateway.host };
    }
    const hasKey = [target.href, ...headers].some((text) => text.includes(key));
    if (hasKey && target.origin !== gateway.origin) keySentTo.add(target.host);
    if (isLoopback(target)) return { to: target, host: target.host };
    refused.add(target.origin);
    return undefined;
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const tunnel = tunnels.get(request.socket);
    const target = urlOf(request.url, tunnel?.target);
    const destination = target === undefined ? undefined : destinationOf(target, request.rawHeaders);
    if (destination === undefined) refuse(response);
    else forward(request, response, { ...destination, hangUp: hangingUp(tunnel?.socket ?? request.socket) });
  };
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, answer);
  server.on("connection", (socket: Duplex) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("connect", ({ url: authority = "" }: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (head.length > 0) socket.unshift(head);
    const target = targetOf(authority, fixed.url);
    if (target === undefined) {
      refused.add(authority.endsWith(":443") ? `https://${authority.slice(0, -4)}` : authority);
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    const inner = target.protocol === "https:" ? secured(socket, fixed) : socket;
    tunnels.set(inner, { target, socket });
    server.emit("connection", inner);
  });
  const { port } = yield* Effect.acquireRelease(listen(server), () => close(server, sockets));
  return { url: `http://127.0.0.1:${port}`, keySentTo: () => [...keySentTo], refused: () => [...refused] };
});

const isLoopback = ({ hostname }: URL): boolean => ["127.0.0.1", "localhost", "[::1]"].includes(hostname);

/** What stays as it is when it does not begin so. */
const below = (prefix: string, path: string): string =>
  path === prefix || path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;

/** A path that begins with two slashes names no host. */
const urlOf = (text = "", base?: URL): URL | undefined => {
  const url = base !== undefined && text.startsWith("/") ? URL.parse(base.origin + text) : URL.parse(text, base?.href);
  return url === null || url.host === "" ? undefined : url;
};

/** Where a tunnel may lead: to the fixed gateway, or to this machine. */
const targetOf = (authority: string, fixed: URL): URL | undefined => {
  const asFixed = urlOf(`${fixed.protocol}//${authority}`);
  if (asFixed?.origin === fixed.origin) return asFixed;
  const asPlain = urlOf(`http://${authority}`);
  return asPlain !== undefined && isLoopback(asPlain) ? asPlain : undefined;
};

const secured = (socket: Duplex, { tls }: FixedGateway): TLSSocket => {
  const options = tls === undefined ? {} : { secureContext: tls.context };
  const inner = new TLSSocket(socket, { isServer: true, ALPNProtocols: ["http/1.1"], ...options });
  inner.on("error", () => socket.destroy());
  return inner;
};

const hangingUp = (socket: Duplex) => (how: "close" | "reset") => {
  if (how === "reset" && socket instanceof Socket && !(socket instanceof TLSSocket)) socket.resetAndDestroy();
  else socket.destroy();
};

const refuse = (response: ServerResponse): void => {
  response.writeHead(403, { "Content-Type": "text/plain", Connection: "close" });
  response.end("The drill's proxy leads to the gateway alone.\n");
};

const listen = (server: Server): Effect.Effect<AddressInfo> =>
  Effect.callback((resume) => {
    server.listen(0, "127.0.0.1", () => {
      resume(Effect.succeed(server.address() as AddressInfo));
    });
  });

const close = (server: Server, sockets: ReadonlySet<Duplex>): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.close(() => {
      resume(Effect.void);
    });
    for (const socket of sockets) socket.destroy();
  });
