/** Names, sockets and certificates, without a proxy and without an agent, so that each can be looked at alone. */
import { lookup } from "node:dns/promises";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectSecurely, type PeerCertificate, type TLSSocket } from "node:tls";

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** What a server showed. */
export interface Secured {
  readonly protocol: string;
  readonly issuer: string;
  /** Unix milliseconds. */
  readonly validTo: number;
  /** Why the certificate is not trusted; `undefined`: it is. */
  readonly distrust: string | undefined;
  /** The names that it is for, such as `DNS:example.com`. */
  readonly names: string;
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");

export const lookUp = async (url: URL): Promise<ReadonlyArray<Address>> => {
  const host = hostOf(url);
  const family = isIP(host);
  return family === 0 ? lookup(host, { all: true }) : [{ address: host, family }];
};

/** To whichever of the addresses answers first. */
const endpoint = (url: URL, addresses: ReadonlyArray<Address>) => {
  const [first = { address: hostOf(url), family: 4 }] = addresses;
  const lookup: LookupFunction = (_, { all }, callback) => {
    if (all === true) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
  return { host: hostOf(url), port: Number(url.port) || (url.protocol === "https:" ? 443 : 80), lookup };
};

export interface Tcp {
  readonly socket: Socket;
  readonly address: string;
}

export const connectTcp = (url: URL, addresses: ReadonlyArray<Address>, signal: AbortSignal): Promise<Tcp> =>
  new Promise((resolve, reject) => {
    const socket = connect(endpoint(url, addresses));
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
    // Later errors belong to who uses it; without a listener they would end the process.
    socket.on("error", (error: Error) => reject(firstOf(error)));
    socket.once("connect", () => resolve({ socket, address: socket.remoteAddress ?? "" }));
  });

/** Of several addresses that failed, the first says enough. */
const firstOf = (error: Error): Error => {
  const [first] = error instanceof AggregateError ? (error.errors as ReadonlyArray<unknown>) : [];
  return first instanceof Error ? first : error;
};

export interface Line {
  readonly socket: Socket;
  /** `undefined`: plain HTTP. */
  readonly facts: Secured | undefined;
}

/**
 * On a connection of its own: Node crashes when a socket is destroyed below TLS. The certificate is judged by the caller, who
 * sends nothing to whom he does not trust.
 */
export const connectTls = (url: URL, addresses: ReadonlyArray<Address>, signal: AbortSignal): Promise<Line> =>
  new Promise((resolve, reject) => {
    const to = endpoint(url, addresses);
    const servername = isIP(to.host) === 0 ? { servername: to.host } : {};
    const socket = connectSecurely({ ...to, ...servername, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] });
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
    socket.on("error", (error: Error) => reject(firstOf(error)));
    socket.once("close", () => reject(Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" })));
    socket.once("secureConnect", () => resolve({ socket, facts: factsOf(socket) }));
  });

const factsOf = (socket: TLSSocket): Secured => {
  const certificate = socket.getPeerCertificate() as Partial<PeerCertificate>;
  const { O: organization, CN: name } = (certificate.issuer ?? {}) as Readonly<
    Partial<Record<string, string | Array<string>>>
  >;
  // Types say that it is an error; it is its code.
  const reason = socket.authorizationError as unknown;
  return {
    protocol: socket.getProtocol() ?? "unknown",
    issuer: [organization ?? name ?? "nobody"].flat().join(", "),
    validTo: Date.parse(certificate.valid_to ?? ""),
    distrust: socket.authorized ? undefined : typeof reason === "string" ? reason : reasonOf(reason),
    names: certificate.subjectaltname ?? "",
  };
};

const reasonOf = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : "unknown";
