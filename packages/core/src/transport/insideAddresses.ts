/**
 * Addresses inside a network, which whoever is outside must not be able to have asked: loopback, link-local (where clouds
 * keep credentials), private and other special ones. RFC 6890, and IANA's registries of special-purpose addresses.
 */
import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup as lookupHost } from "node:dns/promises";
import { BlockList, type LookupFunction } from "node:net";

const inside = new BlockList();
for (const net of [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
  ...["192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"],
  // The last three hold an IPv4 address, which could be any.
  ...["::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b::/96", "2002::/16", "2001::/32"],
]) {
  const [address = "", prefix] = net.split("/");
  inside.addSubnet(address, Number(prefix), address.includes(":") ? "ipv6" : "ipv4");
}

/** Also for IPv4 in IPv6's clothes. */
const isInside = ({ address, family }: LookupAddress): boolean => inside.check(address, family === 6 ? "ipv6" : "ipv4");

/** A host has an address inside a network. */
export class InsideAddress extends Error {
  readonly address: string;

  constructor(address: string) {
    super(`${address} is an address inside a network`);
    this.address = address;
  }
}

/** Resolves hosts that gateways have named: `InsideAddress` for one with any address inside, unless a gateway has one. */
export const lookupFor =
  (gateways: ReadonlyArray<string>): LookupFunction =>
  (host, { all, ...options }, callback) => {
    lookup(host, options).then(
      async (addresses) => {
        const hidden = addresses.find(isInside);
        if (hidden !== undefined && !(await Promise.all(gateways.map(isHostInside))).includes(true)) {
          callback(new InsideAddress(hidden.address), []);
        } else if (all === true) callback(null, addresses);
        else callback(null, addresses[0]?.address ?? "", addresses[0]?.family);
      },
      (error: unknown) => {
        callback(error as Error, []);
      },
    );
  };

/** By its name, as a URL has it. */
const isHostInside = (name: string): Promise<boolean> =>
  lookup(name.replace(/^\[|\]$/g, ""), {}).then(
    (addresses) => addresses.some(isInside),
    () => false,
  );

const lookup = (host: string, options: LookupOptions): Promise<Array<LookupAddress>> =>
  lookupHost(host, { ...options, all: true });
