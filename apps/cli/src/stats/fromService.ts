/** Figures of a running service, from its admin listener. */
import { Report, Snapshot } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import * as z from "zod";
import { type Failed, failed } from "../failures/Failed.ts";
import type { Origin } from "../settings/Settings.ts";
import type { Call, Source } from "./Source.ts";

const Alerts = z.object({ alerts: Report.shape.alerts });

/** Those without a pipeline are no calls: a list of models, a mistake in the path. */
const Requests = z.object({
  requests: z.array(
    z.object({
      requestId: z.string(),
      at: z.string(),
      ms: z.number(),
      gateway: z.string().optional(),
      pipeline: z.string().optional(),
      model: z.string().optional(),
      outcome: z.string().optional(),
      coldStart: z.boolean().optional(),
      costUsd: z.string().optional(),
      attempts: z.array(z.object({ status: z.int().nullable(), waitedMs: z.number() })),
    }),
  ),
});

const longestMs = 10_000;
const tokenVariable = "SLUICE_ADMIN_TOKEN";

/** `origin`: who names the address. An operator's key does not go to one that a project's file names. */
export const fromService = (url: string, origin: Origin, env: NodeJS.ProcessEnv = process.env): Source => {
  const base = url.replace(/\/+$/, "");
  const token = env[tokenVariable] ?? "";
  const isTrusted = origin.from !== "project";
  const ask = <Shape extends z.ZodType>(path: string, shape: Shape): Effect.Effect<z.output<Shape>, Failed> =>
    Effect.gen(function* () {
      const headers = token !== "" && isTrusted ? { authorization: `Bearer ${token}` } : {};
      const response = yield* Effect.tryPromise({
        try: (signal) => fetchJson(`${base}${path}`, headers, signal),
        catch: (error) => failed("SLUICE-SERVICE", { message: `${base} does not answer: ${reasonOf(error)}` }),
      });
      const { status, body } = response;
      if (status === 401 || status === 403) {
        const message = `${base} refused ${token === "" ? "a caller without a key" : "the key"} with ${status}`;
        if (isTrusted) return yield* failed("SLUICE-SERVICE-KEY", { message });
        const fix = `Name the address yourself, by --service or SLUICE_SERVICE: ${tokenVariable} does not go to one that a project's file names.`;
        return yield* failed("SLUICE-SERVICE-KEY", { message, fix });
      }
      const parsed = shape.safeParse(body);
      if (status === 200 && parsed.success) return parsed.data;
      return yield* failed("SLUICE-SERVICE", {
        message: `${base}${path} answered ${status}, and not as a Sluice service does`,
      });
    });
  return {
    name: base,
    counted: Effect.gen(function* () {
      const snapshot = yield* ask("/sluice/v1/telemetry/snapshot", Snapshot);
      const { alerts } = yield* ask("/sluice/v1/alerts", Alerts);
      return { snapshot, alerts };
    }),
    calls: Effect.map(ask("/sluice/v1/requests?limit=500", Requests), ({ requests }) =>
      requests.flatMap(callOf).reverse(),
    ),
  };
};

const fetchJson = async (url: string, headers: Record<string, string>, signal: AbortSignal) => {
  const response = await fetch(url, {
    headers: { accept: "application/json", ...headers },
    // It would take the key along.
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
  });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const reasonOf = (error: unknown): string => {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error && cause.message !== "" ? cause.message : message;
};

const callOf = (one: z.output<typeof Requests>["requests"][number]): ReadonlyArray<Call> => {
  const { requestId, at, gateway, pipeline, model = null, outcome, ms, coldStart = false, costUsd = null } = one;
  if (gateway === undefined || pipeline === undefined || outcome === undefined) return [];
  const waitedMs = one.attempts.reduce((sum, attempt) => sum + attempt.waitedMs, 0);
  const statuses = one.attempts.map(({ status }) => status);
  return [
    { at: Date.parse(at), requestId, gateway, pipeline, model, outcome, statuses, ms, waitedMs, coldStart, costUsd },
  ];
};
