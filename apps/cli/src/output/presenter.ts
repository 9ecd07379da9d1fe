/** Help goes to stdout when it was asked for; a wrong invocation gets its mistakes and a pointer, not a page. */
import type { Presenter } from "effect/cli/CliOutput";
import { defaultPresenter } from "effect/cli/CliOutput";
import * as Effect from "effect/Effect";
import { makeReport } from "./Report.ts";

export const makePresenter = (json: boolean): Presenter => ({
  present: (event) => {
    if (event._tag !== "InvalidInvocation") return defaultPresenter.present(event);
    return Effect.sync(() => {
      const message = event.errors.map((error) => error.message).join("; ");
      const fix = `See \`${event.commandPath.join(" ")} --help\`.`;
      const outcome = { ok: false, code: "SLUICE-USAGE", message, fix, attempts: [], cost: null, files: [] };
      makeReport(json).failed(outcome, [`✗ SLUICE-USAGE  ${message}`, `  fix       ${fix}`]);
    });
  },
});
