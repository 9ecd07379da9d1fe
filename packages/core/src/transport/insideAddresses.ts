/**
 * Addresses inside a network, which whoever is outside must not be able to have asked: loopback, link-local (where clouds
 * keep credentials), private and other special ones. RFC 6890, and IANA's registries of special-purpose addresses.
 */
import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup as lookupHost } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";

const listOf = (nets: ReadonlyArray<string>): BlockList => {
  const list = new BlockList();
  for (const net of nets) {
    const [address = "", prefix] = net.split("/");
    list.addSubnet(address, Number(prefix), address.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
};

/** What leads to one kind tells nothing of the others. An address is of the first that has it. */
const kinds = {
  // A system takes a connection to "any address" for one to itself.
  loopback: listOf(["127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128"]),
  linkLocal: listOf(["169.254.0.0/16", "fe80::/10"]),
  // These hold an IPv4 address, which could be any: none of them passes for a private one.
  translated: listOf([
    ...["64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::ffff:0:0:0/96"],
    // It holds ::1 and :: too, which are loopback above.
    "::/96",
  ]),
  other: listOf([
    ...["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15"],
    ...["224.0.0.0/4", "240.0.0.0/4", "fc00::/7", "fec0::/10", "ff00::/8"],
  ]),
};

/** `undefined`: outside. Also for IPv4 in IPv6's clothes. */
const kindOf = (address: string): string | undefined => {
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  return Object.entries(kinds).find(([, list]) => list.check(address, family))?.[0];
};

/**
 * Whether an IPv4 or IPv6 address, without brackets, is inside a network: loopback, link-local, private or else special, or
 * one that holds an IPv4 address for a translator. A name is none: look it up first, and connect to what was checked.
 */
export const isInsideAddress = (address: string): boolean => kindOf(address) !== undefined;

/** A host has an address inside a network. */
export class InsideAddress extends Error {
  readonly address: string;

  constructor(address: string) {
    super(`${address} is an address inside a network`);
    this.address = address;
  }
}

/**
 * Resolves hosts that gateways have named: `InsideAddress` for one with any address inside, unless a gateway has one of the
 * same kind. So a gateway in a private network leads neither to this machine nor to where a cloud keeps credentials.
 */
export const lookupFor =
  (gateways: ReadonlyArray<string>): LookupFunction =>
  (host, { all, ...options }, callback) => {
    lookup(host, options).then(
      async (addresses) => {
        const refused = await refusedOf(addresses, gateways);
        if (refused !== undefined) callback(new InsideAddress(refused), []);
        else if (all === true) callback(null, addresses);
        else callback(null, addresses[0]?.address ?? "", addresses[0]?.family);
      },
      (error: unknown) => {
        callback(error as Error, []);
      },
    );
  };

/** The first that is inside, where no gateway is. */
const refusedOf = async (
  addresses: ReadonlyArray<LookupAddress>,
  gateways: ReadonlyArray<string>,
): Promise<string | undefined> => {
  const inside = addresses.filter(({ address }) => isInsideAddress(address));
  if (inside.length === 0) return undefined;
  const allowed = new Set((await Promise.all(gateways.map(kindsOfHost))).flat());
  return inside.find(({ address }) => !allowed.has(kindOf(address)))?.address;
};

/** By its name, as a URL has it. */
const kindsOfHost = (name: string): Promise<ReadonlyArray<string | undefined>> =>
  lookup(name.replace(/^\[|\]$/g, ""), {}).then(
    (addresses) => addresses.map(({ address }) => kindOf(address)),
    () => [],
  );

const lookup = (host: string, options: LookupOptions): Promise<Array<LookupAddress>> =>
  lookupHost(host, { ...options, all: true });
