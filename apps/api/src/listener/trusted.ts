/** Which addresses are of proxies that the operator has named, so that all who come through one are not taken for one. */
import { BlockList, isIPv6 } from "node:net";

/** Addresses such as `10.0.0.7`, and networks such as `10.0.0.0/8`. */
export const trusted = (networks: ReadonlyArray<string>): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
};
