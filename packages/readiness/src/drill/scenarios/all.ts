/** All scenarios, in the order in which they are run. */
import { type ScenarioId, scenarioIds } from "../DrillReport.ts";
import { cold503, coldHold } from "./coldStarts.ts";
import { lostAnswer, truncatedAnswer, truncatedStream } from "./lostWork.ts";
import { closedSocket, masked500, nullResult, proxyPage, resetUnread } from "./passingFailures.ts";
import { redirect } from "./redirect.ts";
import { rateLimit, retryLater } from "./refusedForNow.ts";
import { badField, retired, wrongKey } from "./refusals.ts";
import type { Scenario } from "./Scenario.ts";
import { silence, slowFirstByte } from "./slowness.ts";

const byId: Readonly<Record<ScenarioId, Scenario>> = {
  "wrong-key": wrongKey,
  "bad-field": badField,
  "cold-503": cold503,
  "cold-hold": coldHold,
  "rate-limit": rateLimit,
  "retry-later": retryLater,
  "masked-500": masked500,
  "closed-socket": closedSocket,
  "null-result": nullResult,
  "proxy-page": proxyPage,
  "slow-first-byte": slowFirstByte,
  silence,
  "reset-unread": resetUnread,
  "lost-answer": lostAnswer,
  "truncated-answer": truncatedAnswer,
  "truncated-stream": truncatedStream,
  retired,
  redirect,
};

export const scenarios: ReadonlyArray<Scenario> = scenarioIds.map((id) => byId[id]);

export const scenarioOf = (id: ScenarioId): Scenario => byId[id];
