/** What a report comes to, in a line; no layout. */
import { statuses } from "../checks/Check.ts";
import type { CheckResult, LaunchReport } from "../review/LaunchReport.ts";

export const headlineOf = ({ ready, checks }: LaunchReport): string => {
  const held = checks.filter(({ blocks }) => blocks).length;
  return ready
    ? "Ready to launch: nothing keeps it back"
    : `Not ready to launch: ${held} of ${checks.length} ${checks.length === 1 ? "check keeps" : "checks keep"} it back`;
};

/** Such as `20 pass, 1 warn, 2 fail`; what there is none of is left out. */
export const tallyOf = ({ counts }: LaunchReport): string =>
  statuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${status}`)
    .join(", ");

/** What there is to do something about, or to know of. */
export const isOpen = ({ status }: CheckResult): boolean => status !== "pass" && status !== "skip";
