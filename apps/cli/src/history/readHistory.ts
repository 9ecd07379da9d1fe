/** The record of calls, read back. A line that is broken is left out and counted: a disk may have been full. */
import type { CallEvent } from "@sluice/telemetry";
import { readFile } from "node:fs/promises";
import * as Effect from "effect/Effect";
import * as z from "zod";
import { type Failed, failed } from "../failures/Failed.ts";
import { codeOf } from "./append.ts";
import { historyFiles } from "./places.ts";

const count = z.int().min(0);
const ms = z.number().min(0);
const status = z.int().nullable();

const asked = {
  requestId: z.string(),
  at: z.number(),
  gateway: z.string(),
  pipeline: z.string(),
  model: z.string().exactOptional(),
};

const cost = z.object({
  units: z.union([
    z.literal("unknown"),
    z
      .string()
      .regex(/^\d{1,30}$/)
      .transform(BigInt),
  ]),
  unit: z.enum(["pixel", "millisecond", "token", "character"]),
  usd: z.string(),
  charges: z.enum(["usage", "nothing"]),
  rate: z.object({ label: z.string(), source: z.string(), asOf: z.string() }).exactOptional(),
});

const Line = z.discriminatedUnion("type", [
  z.object({ type: z.literal("call-started"), ...asked, timeoutMs: ms, cost: cost.exactOptional() }),
  z.object({ type: z.literal("attempt-started"), ...asked, attempt: count }),
  z.object({
    type: z.literal("attempt-ended"),
    ...asked,
    ...{ attempt: count, status, outcome: z.string(), ms },
    mayHaveRun: z.boolean().exactOptional(),
    firstTokenMs: ms.exactOptional(),
  }),
  z.object({
    type: z.literal("waiting"),
    ...asked,
    for: z.enum(["retry", "gate", "pace", "turn"]),
    attempt: count,
    waitMs: ms.exactOptional(),
  }),
  z.object({ type: z.literal("gate-opened"), ...asked, waitedMs: ms }),
  z.object({
    type: z.literal("call-ended"),
    ...asked,
    ...{ outcome: z.string(), ms, attempts: count, statuses: z.array(status), coldStart: z.boolean(), waitedMs: ms },
    cost: cost.exactOptional(),
  }),
]);

export interface ReadHistory {
  /** Of calls that ended, in the order of time. */
  readonly events: ReadonlyArray<CallEvent>;
  /** Lines that could not be read. */
  readonly broken: number;
}

/** Without a record there are no events. */
export const readHistory = (env: NodeJS.ProcessEnv = process.env): Effect.Effect<ReadHistory, Failed> =>
  Effect.gen(function* () {
    const { current, previous } = historyFiles(env);
    const texts = yield* Effect.all([previous, current].map(textOf), { concurrency: 2 });
    const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line !== "");
    const read = lines.map(eventIn);
    const events = read.filter((event) => event !== undefined);
    const ended = new Set(events.flatMap((event) => (event.type === "call-ended" ? [event.requestId] : [])));
    return {
      // Sorting keeps the order of what happened in one millisecond.
      events: events.filter(({ requestId }) => ended.has(requestId)).toSorted((one, other) => one.at - other.at),
      broken: read.length - events.length,
    };
  });

const textOf = (path: string): Effect.Effect<string, Failed> =>
  Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (error) => error,
  }).pipe(
    Effect.catch((error) => {
      if (codeOf(error) === "ENOENT") return Effect.succeed("");
      const reason = error instanceof Error ? error.message : String(error);
      return Effect.fail(failed("SLUICE-HISTORY", { message: `${path} cannot be read: ${reason}` }));
    }),
  );

const eventIn = (line: string): CallEvent | undefined => {
  try {
    return Line.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
};
