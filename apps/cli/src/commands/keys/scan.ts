/** `sluice keys scan`: its flags. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { lazily } from "../lazily.ts";

const scanFlags = {
  paths: Argument.String("path").pipe(
    Argument.withDescription("Files and folders; the current folder when none is named"),
    Argument.variadic(),
  ),
  history: Flag.Boolean("history").pipe(
    Flag.withDescription("Every object that git still has, of the whole repository (default: where there is one)"),
    Flag.optional,
  ),
  bundles: Flag.String("bundles").pipe(
    Flag.withMetavar("folders"),
    Flag.withDescription("Folders of what is built and shipped, read even if git ignores them"),
    Flag.withDefault("dist,build,out,.next,.output,public,.svelte-kit,.vercel/output"),
  ),
  exclude: Flag.String("exclude").pipe(
    Flag.withMetavar("glob"),
    Flag.withDescription("Leave out a folder, a file or a glob; may be given more than once"),
    Flag.atLeast(0),
    Flag.withDefault([]),
  ),
  allow: Flag.String("allow").pipe(
    Flag.withMetavar("sha256:…"),
    Flag.withDescription(
      "The fingerprint of what is no secret, or of a key that was rotated; may be given more than once",
    ),
    Flag.atLeast(0),
    Flag.withDefault([]),
  ),
  format: Flag.Literals("format", ["text", "sarif"]).pipe(
    Flag.withDescription("sarif: for code hosts"),
    Flag.withDefault("text"),
  ),
};
export type ScanInput = Command.Command.Config.Infer<typeof scanFlags>;

export const scan = Command.make(
  "scan",
  scanFlags,
  lazily(() => import("../../keys/scan/run.ts")),
).pipe(
  Command.withDescription("Find keys in code, in built bundles and in git's history; exit code 10 when there are any"),
  Command.withExamples([
    { command: "sluice keys scan", description: "The current folder, its bundles and its history" },
    { command: "sluice keys scan --no-history src", description: "One folder, as it is now" },
    { command: "sluice keys scan --exclude '**/fixtures/**' --json", description: "For a program, without some files" },
    { command: "sluice keys scan --format sarif > keys.sarif", description: "For a code host" },
  ]),
);
