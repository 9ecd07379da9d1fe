/** Puts a program through the scenarios, each with a gateway of its own, and reports what it did. */
import { studioKeys } from "@sluice/emulator";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { randomUUID } from "node:crypto";
import { codeDigest } from "../subject/codeDigest.ts";
import { openFolder } from "../subject/Folder.ts";
import { DrillFailed, type DrillOptions } from "./DrillOptions.ts";
import type { DrillReport, ScenarioResult } from "./DrillReport.ts";
import { type Pace, usualPace } from "./Pace.ts";
import { type FixedGateway, fixedGateway } from "./proxy/FixedGateway.ts";
import { perform, type Performance, type Performed } from "./running/perform.ts";
import { redacted, secretsOf } from "./running/redacted.ts";
import { rehearse } from "./running/rehearse.ts";
import { scenarios } from "./scenarios/all.ts";
import { wrongKey } from "./scenarios/refusals.ts";
import type { Scenario } from "./scenarios/Scenario.ts";

const usualPatienceMs = 60_000;

export const drill = (options: DrillOptions): Effect.Effect<DrillReport, DrillFailed> =>
  Effect.gen(function* () {
    const { command, folder = ".", jobs = 1, onEvent } = options;
    const startedAt = yield* Clock.currentTimeMillis;
    const performance = yield* prepare(options);
    const code = yield* Effect.flatMap(openFolder(folder), codeDigest);
    const chosen = chosenOf(options, performance.pace);
    const playing = (scenario: Scenario, exitTells: boolean): Effect.Effect<ScenarioResult, DrillFailed> =>
      Effect.map(play(scenario, { ...performance, exitTells }, onEvent), ({ result }) => result);
    const first = chosen.includes(wrongKey) ? yield* play(wrongKey, performance, onEvent) : undefined;
    const rest = chosen.filter((scenario) => scenario !== wrongKey);
    const refused = first ?? (rest.some(({ byExit }) => byExit) ? yield* perform(wrongKey, performance) : undefined);
    const exitTells = refused !== undefined && tells(refused);
    const results = yield* Effect.forEach(rest, (scenario) => playing(scenario, exitTells), { concurrency: jobs });
    const endedAt = yield* Clock.currentTimeMillis;
    const all = first === undefined ? results : [first.result, ...results];
    const judged = all.filter(({ verdict }) => verdict !== "not-exercised");
    return {
      version: 1 as const,
      at: new Date(startedAt).toISOString(),
      command: redacted(command, secretsOf(performance.stage.env)),
      code,
      seconds: (endedAt - startedAt) / 1_000,
      score: { right: judged.filter(({ verdict }) => verdict === "right").length, judged: judged.length },
      scenarios: all,
    };
  }).pipe(Effect.scoped);

/** What all runs have in common; the first of them is made here. */
const prepare = Effect.fnUntraced(function* (
  options: DrillOptions,
): Effect.fn.Return<Performance, DrillFailed, Scope.Scope> {
  const { command, folder, env = process.env, dialect = "go-livepeer", patienceMs = usualPatienceMs } = options;
  const fixed = options.fixedUrl === undefined ? undefined : yield* fixedAt(options.fixedUrl);
  const key = dialect === "studio" ? studioKeys.backend.text : randomUUID();
  const stage = { command, folder, env, key, dialect, fixed };
  const rehearsal = yield* rehearse(stage, patienceMs);
  const { habits, seconds } = rehearsal;
  options.onEvent?.({ type: "rehearsed", requests: habits.requests, seconds });
  return { stage, pace: { ...usualPace, ...options.pace }, rehearsal, patienceMs, exitTells: false };
});

const fixedAt = (text: string): Effect.Effect<FixedGateway, DrillFailed, Scope.Scope> => {
  const url = URL.parse(text);
  if (url !== null && ["http:", "https:"].includes(url.protocol)) return fixedGateway(url);
  const message = `${text} is no URL of a gateway`;
  return Effect.fail(
    new DrillFailed({ message, fix: "give it whole, such as https://livepeer.studio/api/beta/generate", printed: "" }),
  );
};

const chosenOf = ({ only }: DrillOptions, { silenceMs }: Pace): ReadonlyArray<Scenario> =>
  scenarios.filter(
    ({ id }) => (only === undefined || only.includes(id)) && (id !== "silence" || silenceMs !== undefined),
  );

const play = (
  scenario: Scenario,
  performance: Performance,
  onEvent: DrillOptions["onEvent"],
): Effect.Effect<Performed, DrillFailed> =>
  Effect.suspend(() => {
    onEvent?.({ type: "began", id: scenario.id, title: scenario.title });
    return Effect.tap(perform(scenario, performance), ({ result }) =>
      Effect.sync(() => onEvent?.({ type: "judged", result })),
    );
  });

/** Whether the program's exit code says how it went: it was none of success after its key had been refused. */
const tells = ({ seen: { requests, exit } }: Performed): boolean =>
  requests.some(({ status }) => status === 401) && !exit.overdue && exit.code !== 0;
