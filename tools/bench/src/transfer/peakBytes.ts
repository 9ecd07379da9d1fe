/** The most memory that this process has held at once. */
import { readFileSync } from "node:fs";

/** Linux counts on from the parent in `maxRSS`: there a process begins with the peak of the one that forked it. */
export const peakBytes = (): number => {
  const kibibytes =
    process.platform === "linux"
      ? Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1])
      : process.resourceUsage().maxRSS;
  return kibibytes * 1_024;
};
