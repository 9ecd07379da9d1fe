/**
 * Keeps webhooks out of the network that the service is in. Whoever sets an endpoint must not reach, through the service,
 * what only the service can reach. The name is resolved here, so the address that is checked is the one that is used.
 */
import { isInsideAddress } from "@sluice/core/effect";
import { lookup as lookupHost } from "node:dns/promises";
import type { LookupFunction } from "node:net";

/** A host has an address inside a network. */
export class InsideAddress extends Error {
  override readonly name = "InsideAddress";
}

/** Of a URL whose host is an address already, which no lookup ever sees. `URL` has made `127.1` and `0x7f000001` plain. */
export const insideAddressOf = ({ hostname }: URL): string | undefined => {
  const address = hostname.replace(/^\[|\]$/g, "");
  return isInsideAddress(address) ? address : undefined;
};

/** Resolves a name; `InsideAddress` when one of its addresses is inside. */
export const lookupOutside: LookupFunction = (host, { all, ...options }, callback) => {
  lookupHost(host, { ...options, all: true }).then(
    (addresses) => {
      const [first] = addresses;
      if (addresses.some(({ address }) => isInsideAddress(address))) callback(new InsideAddress(), []);
      else if (all === true) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family);
    },
    (error: unknown) => {
      callback(error instanceof Error ? error : new Error(String(error)), []);
    },
  );
};
