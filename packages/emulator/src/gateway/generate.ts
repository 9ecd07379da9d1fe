/** A call of a pipeline: what a fault makes of it, and whether its client waits for the answer. */
import * as Effect from "effect/Effect";
import type { BatchPipeline } from "../documentedModels.ts";
import { hitsWork, inItsTime, isOf, struck, type Target } from "../faults.ts";
import { isProxyFault } from "../proxy/ProxyFault.ts";
import { proxied, reset } from "../proxy/proxied.ts";
import { textError } from "../Reply.ts";
import { scenarioOf } from "../scenario.ts";
import { isAsync } from "./asyncVideo.ts";
import type { Batch } from "./Batch.ts";
import type { FileStore } from "./FileStore.ts";
import type { Incoming } from "./Incoming.ts";
import type { Orchestra, Replying } from "./Orchestra.ts";
import type { Gateway } from "./route.ts";

export const generate = (gateway: Gateway, incoming: Incoming, pipeline: BatchPipeline, read: Batch): Replying =>
  isResetUnread(gateway, incoming) ? Effect.succeed(reset) : readAndGenerate(gateway, incoming, pipeline, read);

/** Decided by the headers: the body is still on its way. */
export const isResetUnread = ({ faults }: Gateway, incoming: Incoming): boolean => {
  const scenario = scenarioOf(incoming);
  if (!scenario.ok) return false;
  const { fault } = scenario;
  return fault === undefined
    ? faults.nextUnread(incoming.side)
    : fault.kind === "reset-unread" && isOf(incoming.side, fault);
};

const readAndGenerate = (gateway: Gateway, incoming: Incoming, pipeline: BatchPipeline, read: Batch): Replying =>
  Effect.flatMap(read(incoming), ({ body, streams, canWait, answer }) => {
    if (body !== undefined) incoming.noteBody(body);
    const target = { key: incoming.key, pipeline, streams };
    const work = (orchestra: Orchestra) => Effect.suspend(() => answer(orchestra));
    if (!isAsync(incoming) || !canWait) return hit(gateway, incoming, target, work(gateway));
    const id = gateway.files.newId();
    const keep: FileStore["keep"] = (files) => gateway.files.keep(files, id);
    return hit(gateway, incoming, target, work({ ...gateway, files: { keep } }), (started) =>
      gateway.videos.accept(id, started, incoming.noteUnits),
    );
  });

/**
 * The fault that hits a request is the one that it asks for, or the next of the settings. `start`: what becomes of the
 * work; a fault in front of the gateway does not let it come to that.
 */
export const hit = (
  gateway: Gateway,
  incoming: Incoming,
  target: Target,
  work: Replying,
  start: (work: Replying) => Replying = (waited) => waited,
): Replying => {
  const scenario = scenarioOf(incoming);
  if (!scenario.ok) return Effect.succeed(textError(400, scenario.message));
  const { side } = incoming;
  const fault = scenario.fault ?? gateway.faults.next(target, side);
  if (fault === undefined || !isOf(side, fault)) return start(work);
  const { kind } = fault;
  if (isProxyFault(kind)) return inItsTime(fault, proxied(kind, start(work), fault, incoming, gateway.elsewhere));
  return hitsWork(fault) ? start(struck(kind, fault, target, work)) : struck(kind, fault, target, start(work));
};
