/** Runs the program against a gateway of its own, and tells what was seen of it. */
import type { Emulator, EmulatorSettings, JournalEntry } from "@sluice/emulator";
import { makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import type { Seen, SeenRequest } from "../judging/Seen.ts";
import { openDoor } from "../proxy/Door.ts";
import { type NotStarted, type Ran, run } from "./Command.ts";
import { keyOf } from "./environment.ts";
import { secretsOf } from "./redacted.ts";
import type { Stage } from "./Stage.ts";

export interface Watched {
  readonly seen: Seen;
  /** The end of what it printed, without the key and its user's secrets. */
  readonly printed: string;
  /** Where it was to send its requests. */
  readonly url: string;
  /** Whom else it wanted to ask, as far as that was seen. */
  readonly refused: ReadonlyArray<string>;
}

/** Any model is there, and warm. */
const well: EmulatorSettings = { openai: true, absoluteUrls: true, cold: { loadMs: 0, meanwhile: "hold" } };

export const watch = (
  { command, folder, env, key, dialect, fixed }: Stage,
  settings: EmulatorSettings,
  limitMs: number,
): Effect.Effect<Watched, NotStarted> =>
  Effect.gen(function* () {
    const emulator = yield* Effect.orDie(makeEmulator({ ...well, dialect, ...settings }));
    const door = yield* openDoor({ emulator, dialect, fixed, key, env });
    const told = { ...env, ...keyOf(key), ...door.env };
    const ran = yield* run({ command, folder, env: told, key, secrets: secretsOf(env), limitMs });
    yield* settled(emulator);
    const entries = emulator.journal();
    return {
      seen: seenOf(entries, ran, door.keySentTo()),
      printed: ran.printed,
      url: door.url,
      refused: door.refused(),
    };
  }).pipe(Effect.scoped);

const settleMs = 10;
const mostSettles = 50;

/** The sockets of a process that has ended are closed a moment later. */
const settled = (emulator: Emulator) =>
  Effect.gen(function* () {
    for (let left = mostSettles; left > 0 && emulator.journal().some(({ end }) => end === "open"); left -= 1) {
      yield* Effect.sleep(settleMs);
    }
  });

const seenOf = (
  entries: ReadonlyArray<JournalEntry>,
  { startedAt, exit, keyPrinted }: Ran,
  keySentTo: ReadonlyArray<string>,
): Seen => ({ requests: entries.map((entry) => requestOf(entry, startedAt)), exit, keyPrinted, keySentTo });

const requestOf = (entry: JournalEntry, startedAt: number): SeenRequest => {
  const { at, ms, method, path, status, end, place, authorized, digest, body } = entry;
  return {
    ...{ ms: at - startedAt, tookMs: ms, method, path, status, end, place, authorized },
    ...(digest === undefined ? {} : { digest }),
    streams: asksForStream(body),
  };
};

/** As JSON, or as a field of a form. */
const asksForStream = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "stream" in body && (body.stream === true || body.stream === "true");
