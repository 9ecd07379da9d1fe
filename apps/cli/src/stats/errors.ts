/** `sluice stats errors`: what failed, by its code; attempts that were made good by a retry count too. */
import { entryOf } from "@sluice/errors/catalogue";
import { classOf, type Report } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import type { SourceInput } from "../commands/stats.ts";
import { Output } from "../output/Output.ts";
import { shellQuoted } from "../output/shellQuoted.ts";
import { table } from "../output/table.ts";
import { visible } from "../output/visible.ts";
import type { StatsErrors } from "../results/stats.ts";
import { tellNothing } from "./nothing.ts";
import { openSource, reportOf } from "./Source.ts";

export const run = (input: SourceInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const source = yield* openSource(input);
    const { pipelines } = yield* reportOf(yield* source.counted, false);
    const errors = errorsIn(pipelines);
    const calls = pipelines.reduce((sum, { calls: { total } }) => sum + total, 0);
    if (calls === 0) tellNothing(source.name, output);
    else if (errors.length === 0) output.note(`${output.noteStyle.good("✔")} none of ${calls} calls failed`);
    else {
      const right = (title: string) => ({ title, align: "right" }) as const;
      output.product(
        table(
          [{ title: "CODE" }, right("CALLS"), right("ATTEMPTS"), { title: "PIPELINES" }, { title: "WHAT HAPPENED" }],
          errors.map((one) => [
            visible(one.code),
            String(one.calls),
            String(one.attempts),
            visible(one.pipelines.join(", ")),
            one.title,
          ]),
          output,
        ),
      );
      output.note(`\`sluice errors ${shellQuoted(errors[0]?.code ?? "")}\` says what to do about it`);
    }
    const result: StatsErrors = {
      message: `${errors.length} codes in ${calls} calls`,
      source: source.name,
      calls,
      errors,
    };
    output.done(result);
  });

const errorsIn = (pipelines: Report["pipelines"]): StatsErrors["errors"] => {
  const codes = new Set(
    pipelines.flatMap(({ calls, attempts }) => [...Object.keys(calls.byOutcome), ...Object.keys(attempts.byOutcome)]),
  );
  codes.delete("ok");
  return [...codes]
    .map((code) => ({
      ...{ code, class: classOf(code), title: entryOf(code)?.title ?? "" },
      calls: pipelines.reduce((sum, { calls }) => sum + (calls.byOutcome[code] ?? 0), 0),
      attempts: pipelines.reduce((sum, { attempts }) => sum + (attempts.byOutcome[code] ?? 0), 0),
      pipelines: pipelines
        .filter(({ calls, attempts }) => (calls.byOutcome[code] ?? attempts.byOutcome[code] ?? 0) > 0)
        .map(({ pipeline }) => pipeline),
    }))
    .toSorted((one, other) => other.calls - one.calls || other.attempts - one.attempts);
};
