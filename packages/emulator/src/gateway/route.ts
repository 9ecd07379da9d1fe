/** The paths of a go-livepeer gateway, matched as exactly as Go's mux matches them. */
import * as Effect from "effect/Effect";
import type { BatchPipeline } from "../documentedModels.ts";
import type { FaultScript } from "../faults.ts";
import type { Journal } from "../Journal.ts";
import { empty, json, notFound, type Reply } from "../Reply.ts";
import type { Batch } from "./Batch.ts";
import type { Incoming } from "./Incoming.ts";
import type { Orchestra } from "./Orchestra.ts";
import { batchAt } from "./pipelines.ts";

export type { Incoming } from "./Incoming.ts";

export interface Gateway extends Orchestra {
  readonly faults: FaultScript;
  readonly journal: Journal;
  /** Who answers: go-livepeer itself, or Studio in front of it. */
  readonly dialect: "go-livepeer" | "studio";
  readonly connections: () => number;
  /** Whether the emulator is ending: what it drops then was not the client's doing. */
  readonly isClosing: () => boolean;
}

/** Not a gateway's path: what was asked so far, for whoever judges the client. */
export const journalPath = "/__emulator/journal";

export const route = (gateway: Gateway, incoming: Incoming): Effect.Effect<Reply> => {
  const { method, path } = incoming;
  const batch = batchAt(path);
  // The OpenAPI middleware refuses the method, and its error handler only writes a log line.
  if (batch !== undefined) return method === "POST" ? generate(gateway, incoming, batch) : Effect.succeed(empty);
  if (path === "/healthz") return Effect.succeed(empty);
  if (path === journalPath)
    return Effect.succeed(json(200, { connections: gateway.connections(), entries: gateway.journal.entries }));
  if (path.startsWith("/stream/")) return Effect.sync(() => file(gateway, path));
  return Effect.succeed(notFound);
};

const generate = (
  gateway: Gateway,
  incoming: Incoming,
  { pipeline, read }: { readonly pipeline: BatchPipeline; readonly read: Batch },
): Effect.Effect<Reply> =>
  Effect.flatMap(read(incoming), ({ body, answer }) => {
    if (body !== undefined) incoming.noteBody(body);
    const fault = gateway.faults.next(incoming.key, pipeline);
    return fault === undefined ? answer(gateway) : Effect.succeed(fault);
  });

const file = ({ files }: Gateway, path: string): Reply => {
  const found = files.read(path);
  return found === undefined
    ? notFound
    : { kind: "answer", status: 200, headers: { "Content-Type": found.type }, body: found.bytes };
};
