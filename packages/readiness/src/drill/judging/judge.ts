/** Judges a run of a program in a scenario, by what it sent. */
import type { Pace } from "../Pace.ts";
import type { Scenario } from "../scenarios/Scenario.ts";
import { type Call, callsOf } from "./calls.ts";
import type { Habits } from "./Habits.ts";
import type { Finding, Judgement } from "./Judgement.ts";
import { asksOf, type Seen } from "./Seen.ts";

export interface Trial {
  readonly seen: Seen;
  readonly habits: Habits;
  readonly pace: Pace;
  readonly exitTells: boolean;
}

export interface Judged {
  readonly judgement: Judgement;
  readonly calls: ReadonlyArray<Call>;
}

export const judge = (scenario: Scenario, { seen, habits, pace, exitTells }: Trial): Judged => {
  const asks = asksOf(seen).filter(({ path }) => !habits.fruitless.has(path));
  const calls = callsOf(asks, habits);
  const judged = (judgement: Judgement): Judged => ({ judgement, calls });
  const wrong = (finding: Finding): Judged => judged({ verdict: "wrong", ...finding });
  const strayed = straying(seen, habits);
  if (strayed !== undefined) return wrong(strayed);
  if (asks.length === 0) return judged({ verdict: "not-exercised", why: "it sent nothing" });
  const met = calls.filter((call) => call.some((request) => scenario.met(request, asks.indexOf(request))));
  if (met.length === 0) return judged({ verdict: "not-exercised", why: "no request met it" });
  const about = { pace, exit: seen.exit, exitTells };
  const opinions = met.map((call) => scenario.judge(call, about));
  const found = opinions.find((opinion) => typeof opinion === "object") ?? scenario.judgeRun?.(seen) ?? hanging(seen);
  if (found !== undefined) return wrong(found);
  return judged(
    opinions.includes("unknown")
      ? { verdict: "not-exercised", why: "its exit code does not tell: it is 0 after a refused key too" }
      : { verdict: "right" },
  );
};

/** It ended with a gateway that is well. */
const hanging = ({ exit: { overdue } }: Seen): Finding | undefined =>
  overdue
    ? { wrong: "did not end", change: "Let the program end when a call fails for good: who hangs tells nobody." }
    : undefined;

const keepKey =
  "Send the key to the gateway's origin alone: not along with a redirect, and not to the URLs of results.";

/** What is wrong in any scenario. */
const straying = (seen: Seen, { authorized }: Habits): Finding | undefined => {
  const leak = seen.requests.find((request) => request.place !== "gateway" && request.authorized);
  if (leak !== undefined) {
    const where = leak.place === "store" ? "the store of results" : "another origin";
    return { wrong: `sent its key to ${where}`, change: keepKey };
  }
  const [host] = seen.keySentTo;
  if (host !== undefined) return { wrong: `sent its key to ${host}`, change: keepKey };
  const keyless = asksOf(seen).find((request) => !request.authorized && authorized.has(request.path));
  if (keyless === undefined) return undefined;
  return {
    wrong: `sent a request without its key to ${keyless.path}`,
    change: "Send the key with every request to the gateway, also when one is repeated.",
  };
};
