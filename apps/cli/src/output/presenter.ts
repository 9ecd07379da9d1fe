/** Help goes to stdout when it was asked for; a wrong invocation gets its mistakes and a pointer, not a page. */
import type { Presenter } from "effect/cli/CliOutput";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";
import { misuse } from "../failures/misuse.ts";
import { helpText } from "./help.ts";
import type { OutputShape } from "./Output.ts";

/** Wider lines are hard to read. */
const widest = 100;

export const makePresenter = (output: OutputShape): Presenter => ({
  present: (event) =>
    Effect.sync(() => {
      switch (event._tag) {
        case "Help":
          // A program that names no command has made a mistake, and a page of text is no answer to it.
          if (output.json && event.reason === "Implicit") throw noCommand(event.commandPath);
          process.stdout.write(helpText(event.helpDoc, output.style, Math.min(output.columns ?? widest, widest)));
          return;
        case "Version":
          process.stdout.write(`${event.version}\n`);
          return;
        case "InvalidInvocation":
          output.failed(misuse(event.errors, event.commandPath));
      }
    }),
});

const noCommand = (path: ReadonlyArray<string>): Failed =>
  failed("SLUICE-USAGE", {
    message: `\`${path.join(" ")}\` needs a command`,
    fix: `See \`${path.join(" ")} --help\`, or \`sluice schema\` for all of them as JSON.`,
  });
