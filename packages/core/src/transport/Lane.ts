/**
 * An agent and its connections in the making. undici goes on connecting when nobody waits any more, and does not end it when
 * the agent is destroyed; so whoever waits is counted here, and what nobody waits for is ended.
 */
import { isIP, type LookupFunction, type Socket } from "node:net";
import { Agent, buildConnector, type Connect } from "./Agent.ts";

/** undici's default of 4 s costs a new TLS connection for nearly every call. */
const keepAliveTimeout = 60_000;
const connectTimeout = 10_000;
const connections = 128;

/** A host that is being connected to. */
interface Host {
  calls: number;
  readonly sockets: Set<Socket>;
}

export class Lane {
  readonly agent: Agent;
  readonly #hosts = new Map<string, Host>();

  /** `lookup` is asked for every address, also for one that needs no looking up. Default: the system's own. */
  constructor(lookup?: LookupFunction) {
    // undici takes an HTTP/2 stream that was reset for a whole answer when it had no length.
    const open = buildConnector({
      allowH2: false,
      timeout: connectTimeout,
      ...(lookup === undefined ? {} : { lookup }),
    });
    const watched: Connect = (to, callback) => {
      const { sockets } = this.#at(`${to.protocol}//${to.host ?? to.hostname}`);
      const socket = open(to, (...made) => {
        sockets.delete(socket);
        callback(...made);
      });
      sockets.add(socket);
      return socket;
    };
    this.agent = new Agent({
      ...{ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout, connections, allowH2: false },
      connect: lookup === undefined ? watched : checking(lookup, watched),
    });
  }

  /** A call waits for a connection until the function that this gives is called, once. */
  wait(origin: string): () => void {
    const host = this.#at(origin);
    host.calls += 1;
    return () => {
      host.calls -= 1;
      if (host.calls > 0) return;
      this.#hosts.delete(origin);
      end(host);
    };
  }

  /** Ends its connections, also those in the making. */
  async destroy(): Promise<void> {
    for (const host of this.#hosts.values()) end(host);
    await this.agent.destroy();
  }

  #at(origin: string): Host {
    const known = this.#hosts.get(origin);
    if (known !== undefined) return known;
    const host = { calls: 0, sockets: new Set<Socket>() };
    this.#hosts.set(origin, host);
    return host;
  }
}

/** Without an error, undici would never hear of it. */
const end = ({ sockets }: Host): void => {
  for (const socket of sockets) socket.destroy(new Error("nobody waits for the connection"));
};

/** Node looks up no host that is an address already. */
const checking =
  (lookup: LookupFunction, connect: Connect): ((...to: Parameters<Connect>) => void) =>
  (to, callback) => {
    if (isIP(to.hostname) === 0) connect(to, callback);
    else {
      lookup(to.hostname, { all: true }, (error) => {
        if (error === null) connect(to, callback);
        else callback(error, null);
      });
    }
  };
