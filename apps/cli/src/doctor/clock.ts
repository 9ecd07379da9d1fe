/** This machine's clock against that of a gateway: certificates, signatures and rate limits are times. */
import { formatDuration } from "../duration.ts";
import { type Found, ok, problem, skipped, warning } from "./Check.ts";
import type { Answer } from "./gateway/visit.ts";

const warnMs = 30_000;
const failMs = 5 * 60_000;

/** How far this clock is ahead, in milliseconds. A `Date` header drops what is below a second. */
export const skewOf = ({
  date,
  sentAt,
  receivedAt,
}: Pick<Answer, "date" | "sentAt" | "receivedAt">): number | undefined => {
  const there = Date.parse(date ?? "");
  return Number.isNaN(there) ? undefined : (sentAt + receivedAt) / 2 - (there + 500);
};

export const judgeSkew = (skewMs: number, platform: NodeJS.Platform = process.platform): Found => {
  const size = Math.abs(skewMs);
  // A header's second and the way there are not the clock's fault.
  if (size < 2_000) return ok("as the gateway's");
  const detail = `${formatDuration(size)} ${skewMs > 0 ? "ahead of" : "behind"} the gateway's`;
  if (size > failMs) return problem(detail, fixFor(platform));
  return size > warnMs ? warning(detail, fixFor(platform)) : ok(detail);
};

const fixFor = (platform: NodeJS.Platform): string => {
  if (platform === "darwin") return "sudo sntp -sS time.apple.com";
  return platform === "win32" ? "w32tm /resync" : "sudo timedatectl set-ntp true";
};

/** Against the first that tells the time. */
export const checkClock = async (answers: ReadonlyArray<Promise<Answer | undefined>>): Promise<Found> => {
  for (const answer of await Promise.all(answers)) {
    const skew = answer === undefined ? undefined : skewOf(answer);
    if (skew !== undefined) return judgeSkew(skew);
  }
  return skipped("no gateway told the time");
};
