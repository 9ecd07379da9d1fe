/** `sluice launch drill`. */
import { drillHeadlineOf, drillJunitOf, drillMarkdownOf } from "@sluice/readiness";
import { drill, type DrillEvent, type DrillFailed, type DrillReport } from "@sluice/readiness/drill";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { DrillInput } from "../../commands/launch/drill.ts";
import { type Failed, failed } from "../../failures/Failed.ts";
import { Output, type OutputShape } from "../../output/Output.ts";
import type { LaunchDrill } from "../../results/launch.ts";
import { saveEvidenceHere } from "../evidence.ts";
import { savedLine } from "../savedLine.ts";
import { optionsOf } from "./options.ts";
import { adviceOf, lineOf } from "./screen.ts";

export const run = (input: DrillInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const options = yield* optionsOf(input);
    const onEvent = teller(output, input.format === "text");
    const report = yield* drill({ ...options, onEvent }).pipe(
      Effect.catchTag("DrillFailed", (failure) => Effect.fail(notHeld(failure))),
      Effect.ensuring(Effect.sync(() => output.status(undefined))),
    );
    output.product(formats[input.format](report, output));
    const isWhole = options.only === undefined;
    const saved = Option.getOrElse(input.save, () => isWhole) ? yield* kept(report, input, output) : undefined;
    if (saved !== undefined) output.note(savedLine(saved));
    else if (!isWhole && Option.isNone(input.save)) output.note("not saved, because it is a part; --save keeps it");
    yield* conclude(report, saved, output);
  });

/** What took minutes is not lost with the file: who did not ask for it is told, who did gets the report with the failure. */
const kept = (
  report: DrillReport,
  { save }: DrillInput,
  output: OutputShape,
): Effect.Effect<string | undefined, Failed> =>
  Effect.catch(saveEvidenceHere("drill", report), ({ message, fix }) => {
    if (Option.isSome(save))
      return Effect.fail(failed("SLUICE-FILE", { message, fix, detail: { report, saved: null } }));
    return Effect.as(
      Effect.sync(() => output.note(`${output.noteStyle.warn("!")} not saved: ${message}`)),
      undefined,
    );
  });

type Format = (report: DrillReport, output: OutputShape) => string;

const formats: Readonly<Record<DrillInput["format"], Format>> = {
  text: adviceOf,
  md: drillMarkdownOf,
  junit: drillJunitOf,
};

/** `isText`: each scenario is told as it is judged. */
const teller = (output: OutputShape, isText: boolean) => {
  const underWay = new Map<string, string>();
  const status = (): void => output.status([...underWay.values()].join(", ") || undefined);
  output.status("a gateway that is well");
  return (event: DrillEvent): void => {
    output.event(event);
    switch (event.type) {
      case "rehearsed": {
        const { requests, seconds } = event;
        const sent = requests === 1 ? "1 request" : `${requests} requests`;
        output.note(output.noteStyle.dim(`with a gateway that is well: ${sent}, ${seconds.toFixed(1)} s`));
        return;
      }
      case "began":
        underWay.set(event.id, event.title);
        status();
        return;
      case "judged":
        underWay.delete(event.result.id);
        if (isText) output.product(lineOf(event.result, output));
        status();
    }
  };
};

const notHeld = ({ message, fix, printed }: DrillFailed): Failed => {
  const lines =
    printed.trimEnd() === ""
      ? []
      : [
          "it printed:",
          ...printed
            .trimEnd()
            .split("\n")
            .map((line) => `  ${line}`),
        ];
  const sentence = `${fix.charAt(0).toUpperCase()}${fix.slice(1)}${fix.endsWith(".") ? "" : "."}`;
  return failed("SLUICE-DRILL", { message, fix: sentence, lines, detail: { printed } });
};

const conclude = (report: DrillReport, saved: string | undefined, output: OutputShape): Effect.Effect<void, Failed> => {
  const wrong = report.scenarios.filter(({ verdict }) => verdict === "wrong");
  const facts = { report, saved: saved ?? null };
  if (wrong.length === 0) {
    const result: LaunchDrill = { message: drillHeadlineOf(report), ...facts };
    return Effect.sync(() => output.done(result));
  }
  return Effect.fail(
    failed("SLUICE-FINDINGS", {
      message: `${drillHeadlineOf(report)}; wrong: ${wrong.map(({ id }) => id).join(", ")}`,
      fix: "Change the program as each says, and drill it again.",
      detail: facts,
    }),
  );
};
