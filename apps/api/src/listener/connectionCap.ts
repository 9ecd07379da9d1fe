/** No one address may take all of the service's connections. */
import type { Server } from "node:http";
import { isIPv6, type Socket } from "node:net";

export interface ConnectionCap {
  /** Open at once from one address. */
  readonly most: number;
  /** Of a proxy, through which many come. */
  readonly isExempt: (address: string) => boolean;
}

/** Drops a connection beyond the cap at once. */
export const capConnections = (server: Server, { most, isExempt }: ConnectionCap): void => {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? "");
    if (isExempt(address)) return;
    const network = networkOf(address);
    const count = (open.get(network) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(network, count);
    socket.once("close", () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
};

/** An IPv4 client of a listener for both is seen as `::ffff:192.0.2.1`. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** Whoever has one IPv6 address has the 2^64 around it. */
export const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address;
  const [bare = ""] = address.split("%");
  const [before = "", after] = bare.split("::");
  const head = groupsIn(before);
  const tail = groupsIn(after ?? "");
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array<string>(zeros).fill("0"), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
};

/** An IPv4 address at the end stands for two of them. */
const groupsIn = (text: string): ReadonlyArray<string> =>
  text === "" ? [] : text.split(":").flatMap((group) => (group.includes(".") ? ["0", "0"] : [group]));
