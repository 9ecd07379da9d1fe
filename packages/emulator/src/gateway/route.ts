/** The paths of a go-livepeer gateway, matched as exactly as Go's mux matches them. */
import * as Effect from "effect/Effect";
import { type Byoc, byoc } from "../byoc/byoc.ts";
import type { FaultScript } from "../faults.ts";
import type { Journal } from "../Journal.ts";
import type { Models } from "../Models.ts";
import { empty, json, notFound } from "../Reply.ts";
import { type AsyncVideos, resultPath } from "./asyncVideo.ts";
import type { FileStore } from "./FileStore.ts";
import { generate, hit } from "./generate.ts";
import type { Incoming } from "./Incoming.ts";
import { livePath, startLiveVideo } from "./liveVideo.ts";
import type { Orchestra, Replying } from "./Orchestra.ts";
import { batchAt } from "./pipelines.ts";

export type { Incoming } from "./Incoming.ts";

export interface Gateway extends Orchestra {
  readonly models: Models;
  readonly files: FileStore;
  readonly videos: AsyncVideos;
  readonly byoc: Byoc;
  readonly faults: FaultScript;
  readonly journal: Journal;
  readonly connections: () => number;
  /** The port of the other machine that a redirect sends to; it listens once one has. */
  readonly elsewhere: Effect.Effect<string>;
  /** Whether an orchestrator's live video is answered as well. */
  readonly liveVideo: boolean;
}

/** Not a gateway's path: what was asked so far, for whoever judges the client. */
export const journalPath = "/__emulator/journal";

export const route = (gateway: Gateway, incoming: Incoming): Replying => {
  const { method, path } = incoming;
  const batch = batchAt(path);
  // The OpenAPI middleware refuses the method, and its error handler only writes a log line.
  if (method !== "POST" && (batch !== undefined || (gateway.liveVideo && path === livePath))) {
    return Effect.succeed(empty);
  }
  if (batch !== undefined) {
    return generate(gateway, incoming, batch.pipeline, batch.read);
  }
  if (path === resultPath) return gateway.videos.poll(incoming);
  if (gateway.liveVideo && path === livePath) {
    const target = { key: incoming.key, pipeline: "live-video-to-video", streams: false } as const;
    return hit(gateway, incoming, target, startLiveVideo(gateway, incoming));
  }
  const job = byoc(gateway.byoc, incoming);
  if (job !== undefined) return job;
  if (path === "/healthz") return Effect.succeed(empty);
  if (path === journalPath)
    return Effect.succeed(json(200, { connections: gateway.connections(), entries: gateway.journal.entries }));
  if (path.startsWith("/stream/")) {
    return Effect.sync(() => gateway.files.read(path.slice("/stream".length)) ?? notFound);
  }
  return Effect.succeed(notFound);
};
