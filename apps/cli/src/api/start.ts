/** `sluice api`: serves until a signal ends it, or checks the configuration. Its log is the product. */
import { check, serve } from "@sluice/api/program";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { StartInput } from "../commands/api.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import type { Api, ApiListening } from "../results/api.ts";
import { attempt } from "./attempt.ts";

export const run = ({ config, check: only }: StartInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const file = Option.getOrUndefined(config);
    if (only) {
      const warnings = yield* attempt(() => check(file));
      for (const warning of warnings) output.note(`! ${warning}`);
      const message = "the configuration has no mistake";
      output.note(`✔ ${message}`);
      output.done({ message, checked: true, warnings } satisfies Api);
      return;
    }
    yield* Effect.uninterruptible(untilEnded(file, output));
  });

/** The service hears the signals itself: it answers what it was asked before it ends, and says with which code. */
const untilEnded = (file: string | undefined, output: OutputShape) =>
  Effect.gen(function* () {
    const code = yield* attempt(() => serve(file, tellOn(output)));
    output.done({ message: "ended as told", checked: false, warnings: [] } satisfies Api);
    process.stdout.write("", () => process.exit(code));
    return yield* Effect.never;
  });

const tellOn =
  (output: OutputShape) =>
  ({ url, adminUrl, behind }: { readonly url: string; readonly adminUrl: string; readonly behind: string }): void => {
    output.note(`▶ sluice api ${url}   in front of ${behind}\n  metrics   ${adminUrl}/metrics   docs   ${url}/docs`);
    const event: ApiListening = { type: "listening", url, adminUrl, docs: `${url}/docs`, behind };
    output.event(event);
  };
