/** The file of what is known and lived with: read, and written. */
import { type Baseline, BaselineFile, baselineFrom, baselineOf, type LaunchReport } from "@sluice/readiness";
import * as Effect from "effect/Effect";
import { readFile, writeFile } from "node:fs/promises";
import { type Failed, failed } from "../../failures/Failed.ts";
import { textOf } from "../settings.ts";

export const readBaseline = (file: string): Effect.Effect<Baseline, Failed> =>
  Effect.flatMap(textOf(file, "--baseline"), (text) => {
    const read = parsed(text);
    return read === undefined
      ? refuse(`--baseline: ${file} is no baseline`, `Write it anew: sluice launch check --write-baseline ${file}`)
      : Effect.succeed(baselineOf(read));
  });

/** What an older one knows of checks that were not looked at stays. What is no baseline is not written over. */
export const writeBaseline = (file: string, report: LaunchReport): Effect.Effect<void, Failed> =>
  Effect.gen(function* () {
    const text = yield* Effect.promise(() => readFile(file, "utf8").catch(() => undefined));
    const before = text === undefined ? undefined : parsed(text);
    if (text !== undefined && before === undefined)
      return yield* refuse(
        `--write-baseline: ${file} is there, and is no baseline`,
        "Name another file, or remove it.",
      );
    const looked = new Set(report.checks.map(({ id }) => id));
    const others = Object.entries(before?.checks ?? {}).filter(([id]) => !looked.has(id));
    const now = baselineFrom(report);
    const whole: BaselineFile = { ...now, checks: { ...Object.fromEntries(others), ...now.checks } };
    yield* Effect.tryPromise({
      try: () => writeFile(file, `${JSON.stringify(whole, null, 2)}\n`),
      catch: () =>
        failed("SLUICE-USAGE", { message: `--write-baseline: ${file} cannot be written`, fix: "Name another file." }),
    });
  });

const parsed = (text: string): BaselineFile | undefined => {
  try {
    return BaselineFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const refuse = (message: string, fix: string): Effect.Effect<never, Failed> =>
  Effect.fail(failed("SLUICE-USAGE", { message, fix }));
