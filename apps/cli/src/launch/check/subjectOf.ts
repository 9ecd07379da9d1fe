/** What the checks look at, from this folder and this machine. */
import { fetchNetwork, type Folder, type Probe, readEvidence, type Subject } from "@sluice/readiness";
import type { CallEvent } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { Failed } from "../../failures/Failed.ts";
import { readHistory } from "../../history/readHistory.ts";
import type { Settings } from "../../settings/Settings.ts";
import type { Said } from "../settings.ts";
import { knownKeys } from "./knownKeys.ts";

const recentMs = 7 * 86_400_000;

interface Given {
  readonly folder: Folder;
  readonly said: Said;
  readonly settings: Settings;
  readonly offline: boolean;
  readonly probe: Probe | undefined;
}

export const subjectOf = ({ folder, said, settings, offline, probe }: Given): Effect.Effect<Subject, Failed> =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis;
    const { events } = yield* readHistory();
    return {
      ...{ now, folder, settings: said.settings, env: process.env },
      keys: yield* knownKeys(settings),
      calls: since(events, now - recentMs),
      evidence: yield* readEvidence(folder),
      ...(offline ? {} : { network: fetchNetwork() }),
      ...(probe === undefined ? {} : { probe }),
    };
  });

/** Whole calls: those that ended since then, with all that happened in them. */
const since = (events: ReadonlyArray<CallEvent>, from: number): ReadonlyArray<CallEvent> => {
  const ended = new Set(
    events.flatMap(({ type, at, requestId }) => (type === "call-ended" && at >= from ? requestId : [])),
  );
  return events.filter(({ requestId }) => ended.has(requestId));
};
