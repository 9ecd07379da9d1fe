/** Where a caller has found this service, without a slash at the end. */
import type { FastifyRequest } from "fastify";
import { isIPv6 } from "node:net";
import { plainAddress } from "../listener/connectionCap.ts";

/** By the host that the request names, or else, as HTTP/1.0 allows, by the address at which it has arrived. */
export const ownUrlOf = ({ protocol, host, socket }: FastifyRequest): string =>
  host === "" ? `http://${authorityOf(socket)}` : `${protocol}://${host}`;

const authorityOf = ({ localAddress = "", localPort = 0 }: FastifyRequest["socket"]): string => {
  // A zone means nothing on another machine, and no URL has one.
  const [address = ""] = plainAddress(localAddress).split("%");
  return `${isIPv6(address) ? `[${address}]` : address}:${localPort}`;
};
