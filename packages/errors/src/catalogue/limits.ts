/** Pages about the caller's own limits: time, money, rules, and a change of mind. No gateway sends these. */
import { Aborted } from "../failures/Aborted.ts";
import { BudgetExceeded } from "../failures/BudgetExceeded.ts";
import { CircuitOpen } from "../failures/CircuitOpen.ts";
import { ColdOrNoCapacity } from "../failures/ColdOrNoCapacity.ts";
import { DeadlineExceeded } from "../failures/DeadlineExceeded.ts";
import { PolicyRefused } from "../failures/PolicyRefused.ts";
import { PriceExceeded } from "../failures/PriceExceeded.ts";
import type { Entry } from "./Entry.ts";
import { made, subject } from "./examples.ts";
import { goLivepeer, guide } from "./sources.ts";

const price: Entry = {
  code: "SLUICE-402-PRICE",
  title: "The call would cost more than you allow",
  happened: "The quote for this call is above your limit, or its price is unknown. Nothing was sent.",
  you: [
    "Raise the limit: `maxCostUsd`, `--max-cost`.",
    "Or ask for less. text-to-image costs `width` × `height` × images; steps and guidance cost nothing.",
    "If the price is unknown, give the gateway's price card a rate for the pipeline, or make the call without a limit.",
  ],
  why: `Gateways name no price in advance. go-livepeer pays orchestrators for the pixels that were asked for (${goLivepeer("server/ai_process.go", "L213-L231")}), so the cost can be known before the call.`,
  sluice:
    "It computes the cost exactly, in integers, at the rate that the quote names, before anything is sent. An unknown price is never taken for zero: under a limit, such a call is refused. At a gateway that is free to its callers, the quote is what the same call costs elsewhere, so that a limit that is tried there holds in production too.",
  examples: [
    made(
      "Sluice, for a call above `maxCostUsd`",
      () => new PriceExceeded({ ...subject, gateway: "livepeer-studio", quotedUsd: "0.019922944", maxCostUsd: "0.01" }),
    ),
    made(
      "Sluice, for a call whose price is not known",
      () => new PriceExceeded({ ...subject, quotedUsd: "unknown", maxCostUsd: "0.01" }),
    ),
  ],
};

const budget: Entry = {
  code: "SLUICE-402-BUDGET",
  title: "The budget is used up",
  happened: "The call does not fit into what is left of a budget. Nothing was sent.",
  you: ["Raise the budget, or ask for less.", "If the error has `resetsAt`, the budget is whole again then."],
  why: "A limit for each call does not bound what many calls cost together; a budget does.",
  sluice:
    "Budgets are coming: the class and its code are fixed, and no part of Sluice refuses a call for its budget yet.",
  examples: [
    made(
      "Sluice, for a call that the daily budget does not cover",
      () =>
        new BudgetExceeded({
          ...subject,
          budget: "daily",
          quotedUsd: "0.019922944",
          remainingUsd: "0.01",
          limitUsd: "30",
          resetsAt: "2026-11-23T00:00:00.000Z",
        }),
    ),
  ],
};

const policy: Entry = {
  code: "SLUICE-403-POLICY",
  title: "A rule of this installation forbids the call",
  happened:
    "A rule of your own installation refused the call, such as the development gateway in production. Nothing was sent.",
  you: ["Do what `fix` says: each rule brings its own remedy.", "If the rule is wrong for this call, change the rule."],
  why: `Some calls work and are mistakes all the same. The free gateway is for development: it has no service level and no support (${guide("production-checklist", "Livepeer's production checklist")}).`,
  sluice:
    "It has one rule so far, `no-development-gateway`: where the environment is `production` (`NODE_ENV`, or the setting `environment`), no call goes to a gateway that is for development, such as `livepeer-cloud` and `emulator`. As a later route, such a gateway is passed over.",
  examples: [
    made(
      "Sluice, for the development gateway in production",
      () =>
        new PolicyRefused({
          ...subject,
          rule: "no-development-gateway",
          reason: "the development gateway is not for production",
          remedy: "Choose another gateway, or run in another environment than production.",
        }),
    ),
  ],
};

const circuitOpen: Entry = {
  code: "SLUICE-503-CIRCUIT-OPEN",
  title: "Calls of this model fail, and none is sent for a while",
  happened:
    "The last calls of this model on this gateway all failed, so the client stopped sending them for a while. Nothing was sent.",
  you: [
    "Read `cause`: it is what the last of them failed with, and its page says what to do.",
    "Come back at `retryAt`: one call then tries the model for all.",
    "Give the client another route: a call whose first gateway is in trouble takes the next one.",
  ],
  why: "A gateway that breaks does so for every caller, and each call to it takes time, and perhaps money, before it fails. Calls that cannot succeed keep it from getting better.",
  sluice:
    "The circuit of a model, on a gateway, opens when five calls in a row have failed: no connection, a broken answer, a 500, or no answer in time. It stays open for 30 s, and 30 s longer each time, up to 5 minutes; then one call is let through, and its end decides. A rate limit, a wrong request and a wrong key do not open it, and a cold model does not either: those have answers of their own. Every attempt of one call counts as one failure, so that no call opens the circuit for itself.",
  examples: [
    made(
      "Sluice, after five calls that a gateway did not take",
      () => new CircuitOpen({ ...subject, failures: 5, retryAfterMs: 30_000, retryAt: "2026-11-22T12:00:30.000Z" }),
    ),
  ],
};

const aborted: Entry = {
  code: "SLUICE-499-ABORTED",
  title: "The caller ended the call",
  happened:
    "Your program, or whoever waited for it, ended the call: by an `AbortSignal`, by `close()`, or with Ctrl-C.",
  you: [
    "If it was meant, nothing.",
    "If it was not, find who aborts: the error's `cause` is the signal's reason. A request that its own client gave up, or a timeout shorter than the call's deadline, are the usual ones.",
    "If `mayHaveRun` is true, expect that the work may be billed.",
  ],
  why: "A gateway that loses its client stops waiting for the work, but the orchestrator may have begun it, or be done.",
  sluice:
    "It ends the attempt that is under way, its waits, its timers and its sockets at once. Before the first attempt, and between two of them, nothing is in flight: then `mayHaveRun` tells of the attempts before.",
  examples: [
    made(
      "Sluice, when the signal came while an attempt was unanswered",
      () => new Aborted({ ...subject, inFlight: true }),
    ),
    made("Sluice, when the signal came between two attempts", () => new Aborted({ ...subject, inFlight: false })),
  ],
};

const deadline: Entry = {
  code: "SLUICE-504-DEADLINE",
  title: "The call's deadline passed",
  happened:
    "There was no result when the call's one deadline passed. It bounds all attempts, the waits between them and the body; 300 s is the default.",
  you: [
    "Read `cause`, and the page of its code: it is what stood in the way before. `attempts` shows what the time went into.",
    "If the model was loading, call again: it is likely to be warm by now. Or use a documented warm model.",
    "If you set a deadline below 300 s (`timeoutMs`, `--timeout`), allow more: a cold model may need minutes.",
    "If one attempt took all the time, the gateway held the request. See whether it still does with a warm model.",
  ],
  why: `A model takes from 30 s to several minutes to load (${guide("troubleshooting", "Livepeer's troubleshooting guide")}), and go-livepeer sets no limit to an inference itself. Somebody has to: the client.`,
  sluice:
    "It ends whatever is under way and fails; a deadline is never stretched. Knowing it, retries place their last attempt before it, and a `Retry-After` beyond it fails at once instead.",
  examples: [
    made(
      "Sluice, when the gateway held the second request until the end",
      () =>
        new DeadlineExceeded({
          ...subject,
          deadlineMs: 300_000,
          inFlight: true,
          attempts: [
            { status: 503, outcome: "SLUICE-503-COLD", ms: 2_004, waitedMs: 1_104 },
            { status: null, outcome: "SLUICE-504-DEADLINE", ms: 296_892, waitedMs: 0 },
          ],
          cause: new ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 }),
        }),
    ),
    made(
      "Sluice, when the deadline passed during a wait",
      () =>
        new DeadlineExceeded({
          ...subject,
          deadlineMs: 1_000,
          inFlight: false,
          attempts: [{ status: 503, outcome: "SLUICE-503-COLD", ms: 31, waitedMs: 969 }],
          cause: new ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 }),
        }),
    ),
  ],
};

export const limits: ReadonlyArray<Entry> = [price, budget, policy, circuitOpen, aborted, deadline];
