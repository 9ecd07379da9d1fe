/** Runs a program once, in a process group of its own, which ends with the program, the time allowed, or the drill. */
import * as Clock from "effect/Clock";
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as Scope from "effect/Scope";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Exit } from "../judging/Seen.ts";
import { Tail } from "./Tail.ts";

export interface Command {
  readonly command: readonly [string, ...ReadonlyArray<string>];
  readonly folder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it must not print. */
  readonly key: string;
  /** What else must not be shown of what it prints. */
  readonly secrets: ReadonlyArray<string>;
  /** When it is ended, in milliseconds since its start. */
  readonly limitMs: number;
}

export interface Ran {
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly exit: Exit;
  /** The end of what it printed, without the key and its user's secrets. */
  readonly printed: string;
  readonly keyPrinted: boolean;
}

/** The system did not start it. */
export class NotStarted extends Data.TaggedError("NotStarted")<{ readonly cause: NodeJS.ErrnoException }> {}

/** How long a program may take to end when it has been asked to, in milliseconds. */
const graceMs = 1_000;
/** How long what it printed may take to arrive when it has ended, in milliseconds. */
const drainMs = 200;

type Child = ChildProcessByStdio<null, Readable, Readable>;

export const run = Effect.fnUntraced(function* (what: Command): Effect.fn.Return<Ran, NotStarted> {
  const startedAt = yield* Clock.currentTimeMillis;
  const tail = new Tail(what.key, what.secrets);
  const finished = Effect.flatMap(start(what, tail), (child) =>
    Effect.timeoutOption(ended(child), what.limitMs).pipe(Effect.tap(drained(child))),
  );
  const end = yield* Effect.scoped(
    Effect.flatMap(finished, (end) => Effect.map(sinceMs(startedAt), (ms) => ({ end, ms }))),
  );
  const { code, signal } = Option.getOrElse(end.end, () => ({ code: null, signal: "SIGTERM" }));
  const exit = { code, signal, seconds: end.ms / 1_000, overdue: Option.isNone(end.end) };
  return { startedAt, exit, printed: tail.text, keyPrinted: tail.leaked };
});

const sinceMs = (startedAt: number) => Effect.map(Clock.currentTimeMillis, (now) => now - startedAt);

const start = (what: Command, tail: Tail): Effect.Effect<Child, NotStarted, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.flatMap(
      Effect.try({
        try: () => spawned(what),
        catch: (cause) => new NotStarted({ cause: cause instanceof Error ? cause : new Error(String(cause)) }),
      }),
      (child) =>
        Effect.callback<Child, NotStarted>((resume) => {
          for (const stream of [child.stdout, child.stderr])
            stream.setEncoding("utf8").on("data", (text: string) => tail.add(text));
          child.once("error", (cause) => resume(Effect.fail(new NotStarted({ cause }))));
          child.once("spawn", () => resume(Effect.succeed(child)));
        }),
    ),
    stop,
  );

/** Throws for some of the reasons for which it does not start, and tells the others later. */
const spawned = ({ command: [program, ...args], folder, env }: Command): Child =>
  spawn(program, args, {
    ...(folder === undefined ? {} : { cwd: folder }),
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });

const hasEnded = ({ exitCode, signalCode }: Child): boolean => exitCode !== null || signalCode !== null;

const ended = (child: Child): Effect.Effect<Pick<Exit, "code" | "signal">> =>
  Effect.callback((resume) => {
    const done = () => resume(Effect.succeed({ code: child.exitCode, signal: child.signalCode }));
    if (hasEnded(child)) done();
    else child.once("exit", done);
    return Effect.sync(() => child.off("exit", done));
  });

/** Until its pipes are closed, which a process that it has left behind may keep open. */
const drained = (child: Child) =>
  Effect.callback((resume) => {
    const done = () => {
      resume(Effect.void);
    };
    if (child.stdout.closed && child.stderr.closed) done();
    else child.once("close", done);
    return Effect.sync(() => child.off("close", done));
  }).pipe(Effect.timeoutOption(drainMs));

/** Asks the program to end, and then ends it, with all that it has started. */
const stop = (child: Child): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (!hasEnded(child)) {
      signalGroup(child, "SIGTERM");
      yield* Effect.timeoutOption(ended(child), graceMs);
    }
    signalGroup(child, "SIGKILL");
    child.stdout.destroy();
    child.stderr.destroy();
  });

const signalGroup = ({ pid }: Child, signal: NodeJS.Signals): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left.
  }
};
