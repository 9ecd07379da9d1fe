/** The end of a command that did not work: its failure has been shown, and this carries the exit code out. */
import * as Data from "effect/Data";
import * as Runtime from "effect/Runtime";

export class CommandFailed extends Data.TaggedError("CommandFailed")<{ readonly exitCode: number }> {
  override readonly [Runtime.errorExitCode] = this.exitCode;
  override readonly [Runtime.errorReported] = false;
}
