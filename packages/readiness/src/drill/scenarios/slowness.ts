/** Answers that take their time, and one that never comes. */
import { all, gotResult, type JudgeCall, once } from "../judging/opinions.ts";
import { seconds } from "../judging/words.ts";
import type { Pace } from "../Pace.ts";
import { isFirst, type Scenario } from "./Scenario.ts";

export const slowFirstByte: Scenario = {
  id: "slow-first-byte",
  title: "a slow first byte",
  happens: "The first request gets its headers at once, and the first byte of its result late.",
  right: "Waits for it: one request, and a result.",
  why: "Work that takes long is slow before it is silent. Who hangs up pays for what it does not get.",
  change: "Raise the timeout for the first byte to 300 s; do not take a slow answer for none.",
  checks: ["E5"],
  gateway: ({ slowMs }) => ({ faults: [{ kind: "slow-first-byte", ms: slowMs, times: 1 }] }),
  takesMs: ({ slowMs }) => slowMs,
  met: isFirst,
  judge: all(once("while its first request was being answered"), gotResult),
};

/** 10 % more than a program is allowed. */
const endMs = ({ silenceMs = 0 }: Pace): number => silenceMs * 1.1;

const gaveUp: JudgeCall = ([{ end, tookMs }], { exit, pace }) =>
  end === "aborted" && !exit.overdue && tookMs <= endMs(pace)
    ? undefined
    : {
        wrong:
          exit.overdue || end !== "aborted"
            ? "did not give up, and left its connection open"
            : `gave up only after ${seconds(tookMs)}`,
      };

export const silence: Scenario = {
  id: "silence",
  title: "no answer at all",
  happens: "The first request is read and never answered.",
  right: "Gives up in time and closes the connection: one request per call.",
  why: "A gateway has no timeout of its own. A request that may be running must not be sent twice.",
  change: "Set a timeout of 300 s for the whole call, and do not repeat a request that timed out.",
  checks: ["E5"],
  gateway: () => ({ faults: [{ kind: "silent", times: 1 }] }),
  takesMs: endMs,
  met: isFirst,
  judge: all(once("what may have been running"), gaveUp),
};
