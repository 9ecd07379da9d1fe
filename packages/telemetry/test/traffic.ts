/** Calls as their events, in a few words; and any calls, for properties. */
import fc from "fast-check";
import type { CallEnded, CallEvent, Cost } from "../src/index.ts";
import { cost } from "./story.ts";

export interface Told {
  readonly requestId?: string;
  /** When it ends, in Unix milliseconds. */
  readonly at?: number;
  readonly gateway?: string;
  readonly pipeline?: string;
  readonly model?: string;
  /** Status and outcome of each attempt. */
  readonly attempts?: ReadonlyArray<readonly [status: number | null, outcome: string]>;
  /** Of the call; that of its last attempt unless told otherwise. */
  readonly outcome?: string;
  readonly ms?: number;
  readonly coldStart?: boolean;
  readonly waitedMs?: number;
  readonly cost?: Cost;
}

export const noon = Date.UTC(2026, 10, 23, 12);

/** All events of a call, the last at its end. */
export const eventsOf = ({
  requestId = "req_1",
  at = noon,
  gateway = "livepeer-studio",
  pipeline = "text-to-image",
  model = "SG161222/RealVisXL_V4.0_Lightning",
  attempts = [[200, "ok"]],
  outcome = attempts.at(-1)?.[1] ?? "SLUICE-504-DEADLINE",
  ms = 2_000,
  coldStart = false,
  waitedMs = 0,
  cost: paid = cost,
}: Told): ReadonlyArray<CallEvent> => {
  const known = { requestId, at, gateway, pipeline, model };
  const each = attempts.length === 0 ? 0 : (ms - waitedMs) / attempts.length;
  const end: CallEnded = {
    ...known,
    type: "call-ended",
    outcome,
    ms,
    attempts: attempts.length,
    statuses: attempts.map(([status]) => status),
    coldStart,
    waitedMs,
  };
  return [
    { ...known, at: at - ms, type: "call-started", timeoutMs: 300_000, cost: paid },
    ...attempts.flatMap(([status, ended], made): ReadonlyArray<CallEvent> => {
      const attempt = made + 1;
      const next: ReadonlyArray<CallEvent> =
        attempt === attempts.length ? [] : [{ ...known, type: "waiting", for: "retry", attempt, waitMs: 1_000 }];
      return [
        { ...known, type: "attempt-started", attempt },
        { ...known, type: "attempt-ended", attempt, status, outcome: ended, ms: each },
        ...next,
      ];
    }),
    outcome === "ok" ? { ...end, cost: paid } : end,
  ];
};

const failures = [
  [503, "SLUICE-503-COLD"],
  [null, "SLUICE-503-CLOSED"],
  [500, "SLUICE-500-INFERENCE"],
  [429, "SLUICE-429-RATE-LIMITED"],
  [401, "SLUICE-401-UNAUTHORIZED"],
  [777, "made up"],
] as const;

const anyAttempts: fc.Arbitrary<ReadonlyArray<readonly [number | null, string]>> = fc
  .tuple(fc.array(fc.constantFrom(...failures), { maxLength: 3 }), fc.boolean())
  .map(([failed, ok]) => (ok ? [...failed, [200, "ok"] as const] : failed));

/** Within a few hours, at a few gateways. */
export const anyCall: fc.Arbitrary<Told> = fc.record({
  at: fc.integer({ min: 0, max: 6 * 3_600_000 }).map((ms) => noon + ms),
  gateway: fc.constantFrom("livepeer-studio", "go-livepeer", "https://me:secret@gateway.example/path"),
  pipeline: fc.constantFrom("text-to-image", "llm", "download", "of-tomorrow"),
  model: fc.constantFrom("SG161222/RealVisXL_V4.0_Lightning", "acme/fox", "x".repeat(200), ""),
  attempts: anyAttempts,
  ms: fc.integer({ min: 1, max: 300_000_000 }).map((us) => us / 1_000),
  coldStart: fc.boolean(),
  waitedMs: fc.constant(0),
  cost: fc.constantFrom<Cost>(
    cost,
    { ...cost, usd: "123.000000001", units: 10n ** 20n, unit: "token" },
    { ...cost, charges: "nothing" },
    { ...cost, usd: "unknown", units: "unknown" },
  ),
});
