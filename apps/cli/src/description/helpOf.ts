/** What a command's `--help` is made of. */
import * as CliOutput from "effect/cli/CliOutput";
import * as Command from "effect/cli/Command";
import type { HelpDoc } from "effect/cli/HelpDoc";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { conventions } from "../conventions.ts";
import type { Output } from "../output/Output.ts";
import { platform } from "../platform.ts";
import { wholeRoot } from "../root.ts";
import version from "../version.ts";

export const helpOf = (path: ReadonlyArray<string>): Effect.Effect<HelpDoc, never, Output> =>
  Effect.suspend(() => {
    let found: HelpDoc | undefined;
    const collector = CliOutput.layerPresenter({
      present: (event) =>
        Effect.sync(() => {
          if (event._tag === "Help") found = event.helpDoc;
        }),
    });
    // No command runs: help is all that was asked for.
    return Effect.promise(wholeRoot).pipe(
      Effect.flatMap((root) => Command.runWith(root, { version })([...path, "--help"])),
      Effect.provide(Layer.merge(conventions, collector)),
      Effect.provide(platform),
      Effect.orDie,
      Effect.flatMap(() =>
        found === undefined ? Effect.die(new Error("a command without help")) : Effect.succeed(found),
      ),
    );
  });
