/**
 * What a client may cost this service besides its calls: sockets, bytes and time. Node's own defaults are longer, and without
 * bound for the number of connections, for one that reads nothing, and for one that sends empty lines between two requests.
 */

/** Times in milliseconds. */
export interface ListenerLimits {
  /** Until the first byte on a new connection. */
  readonly silentMs: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** From the headers to the end of a body that is no upload. */
  readonly bodyMs: number;
  /** The same for a multipart form. */
  readonly uploadMs: number;
  /** How long a client may take no byte of an answer that waits for it. */
  readonly stallMs: number;
  /** Between two requests on a connection; longer than a load balancer's own, so that it is the one that closes. */
  readonly keepAliveMs: number;
  /** How often the clocks above are looked at; each may be late by as much. */
  readonly sweepMs: number;
  /** Requests until a connection is closed, so that a load balancer can spread its connections anew. */
  readonly requestsPerConnection: number;
  /** The longest request line with its headers, in bytes. */
  readonly headerBytes: number;
  readonly connections: number;
  /** Open at once from one IPv4 address or one IPv6 /64. */
  readonly connectionsPerAddress: number;
}

export const listenerLimits: ListenerLimits = {
  silentMs: 10_000,
  headersMs: 15_000,
  bodyMs: 60_000,
  uploadMs: 300_000,
  stallMs: 60_000,
  keepAliveMs: 65_000,
  sweepMs: 5_000,
  requestsPerConnection: 1_000,
  headerBytes: 16_384,
  connections: 8_192,
  connectionsPerAddress: 256,
};
