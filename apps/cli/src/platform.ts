/**
 * What effect/cli asks of the machine: files for the flags that name some, keys and lines for questions. Each is loaded
 * when it is used, because most runs use none; and questions go to stderr, because stdout is the product's.
 */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as FileSystem from "effect/FileSystem";
import * as Layer from "effect/Layer";
import * as Path from "effect/Path";
import * as Terminal from "effect/Terminal";
import type { Environment } from "effect/cli/Command";
import nodePath from "node:path";

const openFiles = Effect.promise(() => import("@effect/platform-node-shared/NodeFileSystem")).pipe(
  Effect.flatMap(({ layer }) => Layer.build(layer)),
  Effect.map((context) => Context.get(context, FileSystem.FileSystem)),
  Effect.scoped,
);

const later =
  <Args extends ReadonlyArray<unknown>, A, E, R>(
    method: (files: FileSystem.FileSystem) => (...args: Args) => Effect.Effect<A, E, R>,
  ) =>
  (...args: Args): Effect.Effect<A, E, R> =>
    Effect.flatMap(openFiles, (files) => method(files)(...args));

/** All that the flags and questions of effect/cli use. */
const files: Pick<FileSystem.FileSystem, "exists" | "readDirectory" | "readFileString" | "stat"> = {
  exists: later(({ exists }) => exists),
  readDirectory: later(({ readDirectory }) => readDirectory),
  readFileString: later(({ readFileString }) => readFileString),
  stat: later(({ stat }) => stat),
};

const openTerminal = Effect.flatMap(
  Effect.promise(() => import("@effect/platform-node-shared/NodeTerminal")),
  ({ make }) => make(),
);

const terminal = Terminal.make({
  columns: Effect.sync(() => process.stderr.columns),
  rows: Effect.sync(() => process.stderr.rows),
  size: Effect.flatMap(openTerminal, ({ size }) => size),
  readInput: Effect.flatMap(openTerminal, ({ readInput }) => readInput),
  readLine: Effect.scoped(Effect.flatMap(openTerminal, ({ readLine }) => readLine)),
  display: (text) => Effect.sync(() => void process.stderr.write(text)),
});

/** effect/cli names more in its types than it uses: programs to start, and the arguments, which are handed over. */
export const platform = Context.make(Terminal.Terminal, terminal).pipe(
  Context.add(FileSystem.FileSystem, files as FileSystem.FileSystem),
  Context.add(Path.Path, nodePath as unknown as Path.Path),
) as Context.Context<Terminal.Terminal> as Context.Context<Environment>;
