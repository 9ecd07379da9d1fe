/** Keeps a record of the calls of this run on this machine, for `sluice stats`. It never makes a call fail. */
import type { CallEvent, OnEvent } from "@sluice/telemetry";
import { readGlobals } from "../globals.ts";
import type { Settings } from "../settings/Settings.ts";
import { append } from "./append.ts";
import { historyFiles } from "./places.ts";
import { stored } from "./stored.ts";

export interface History {
  /** For a client's `onEvent`. */
  readonly onEvent: OnEvent;
  /** Resolves when all that has ended is written. */
  readonly close: () => Promise<void>;
}

export interface HistoryPorts {
  readonly env?: NodeJS.ProcessEnv;
  /** Told once, and not before `close`, when the record cannot be written. */
  readonly warn?: (line: string) => void;
}

/** Nothing is kept with `history = false`. */
export const openHistory = (
  { history }: Pick<Settings, "history">,
  { env = process.env, warn = warnOnStderr }: HistoryPorts = {},
): History => {
  if (!history.value) return { onEvent: () => undefined, close: () => Promise.resolve() };
  const files = historyFiles(env);
  /** Of calls that are under way, by request. */
  const lines = new Map<string, ReadonlyArray<string>>();
  let writing = Promise.resolve();
  let mishap: string | undefined;
  const write = async (text: string): Promise<void> => {
    try {
      await append(files, text);
    } catch (error) {
      mishap ??= error instanceof Error ? error.message : String(error);
    }
  };
  const onEvent = (event: CallEvent): void => {
    // To fetch a result is no call of a model: it would count in every figure.
    if (event.pipeline === "download") return;
    const told = [...(lines.get(event.requestId) ?? []), `${JSON.stringify(stored(event))}\n`];
    if (event.type !== "call-ended") {
      lines.set(event.requestId, told);
      return;
    }
    lines.delete(event.requestId);
    writing = writing.then(() => write(told.join("")));
  };
  return {
    onEvent,
    close: async () => {
      await writing;
      if (mishap === undefined) return;
      warn(`the record of calls cannot be written: ${mishap} (\`sluice config set history false\` turns it off)`);
      mishap = undefined;
    },
  };
};

const warnOnStderr = (line: string): void => {
  const { json, quiet } = readGlobals(process.argv.slice(2), process.env);
  if (!json && !quiet) process.stderr.write(`! ${line}\n`);
};
