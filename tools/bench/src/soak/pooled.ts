/**
 * The connections that a service keeps to its gateway for the next call. How many there are says how many calls there were
 * at once, and no more; so they are counted apart. What a leak of them would be shows when nothing is asked any more.
 */
import { readFileSync } from "node:fs";

const established = "01";

/** Open connections of a process's network to a port, by the kernel's table: IPv4 alone. */
export const connectionsTo = (port: number, table: string): number => {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return table.split("\n").filter((line) => {
    const [, , remote = "", state] = line.trim().split(/\s+/);
    return remote.endsWith(`:${hex}`) && state === established;
  }).length;
};

export const pooled = (pid: number, gateway: string): number =>
  connectionsTo(Number(new URL(gateway).port), readFileSync(`/proc/${pid}/net/tcp`, "latin1"));
