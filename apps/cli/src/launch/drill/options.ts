/** The flags of a drill as the drill itself takes them. */
import { nearest } from "@sluice/models/facts";
import { type DrillOptions, type Pace, type ScenarioId, scenarioIds } from "@sluice/readiness/drill";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { DrillInput } from "../../commands/launch/drill.ts";
import { type Failed, failed } from "../../failures/Failed.ts";
import { idsOf } from "../only.ts";

export const optionsOf = (input: Omit<DrillInput, "save" | "format">): Effect.Effect<DrillOptions, Failed> =>
  Effect.gen(function* () {
    const [program = "", ...args] = input.command;
    const silenceMs = Option.getOrUndefined(input.silence);
    const only = yield* scenariosOf(Option.getOrUndefined(input.only));
    if (only?.includes("silence") === true && silenceMs === undefined)
      return yield* refuse("--only names silence, and nothing says how long it lasts", "Say --silence 300s as well.");
    const retryAfterMs = Option.getOrUndefined(input.retryAfter);
    if (retryAfterMs !== undefined && (retryAfterMs === 0 || retryAfterMs % 1_000 !== 0))
      return yield* refuse("--retry-after: the header has whole seconds", "Write 3s, or another number of seconds.");
    const fixedUrl = Option.getOrUndefined(input.for);
    if (fixedUrl !== undefined && !/^https?:\/\/./.test(fixedUrl))
      return yield* refuse(`--for: "${fixedUrl}" is no http(s) address`, "Give the address that the program has.");
    return {
      command: [program, ...args] as const,
      env: process.env,
      jobs: input.jobs,
      dialect: input.dialect,
      pace: paceOf(input, { retryAfterMs, silenceMs }),
      ...(only === undefined ? {} : { only }),
      ...(fixedUrl === undefined ? {} : { fixedUrl }),
    };
  });

const paceOf = (
  { cold, slow }: Pick<DrillInput, "cold" | "slow">,
  { retryAfterMs, silenceMs }: { readonly retryAfterMs: number | undefined; readonly silenceMs: number | undefined },
): Partial<Pace> => ({
  ...(Option.isSome(cold) ? { coldMs: cold.value } : {}),
  ...(Option.isSome(slow) ? { slowMs: slow.value } : {}),
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  ...(silenceMs === undefined ? {} : { silenceMs }),
});

const scenariosOf = (flag: string | undefined): Effect.Effect<ReadonlyArray<ScenarioId> | undefined, Failed> => {
  const asked = idsOf(flag);
  if (asked === undefined) return Effect.succeed(undefined);
  const unknown = asked.find((id) => !isScenario(id));
  if (unknown !== undefined || asked.length === 0) {
    const meant = nearest(unknown ?? "", scenarioIds);
    const fix = meant === undefined ? `The scenarios are ${scenarioIds.join(", ")}.` : `Did you mean ${meant}?`;
    return refuse(unknown === undefined ? "--only names nothing" : `there is no scenario "${unknown}"`, fix);
  }
  return Effect.succeed(asked.filter(isScenario));
};

const isScenario = (id: string): id is ScenarioId => scenarioIds.some((known) => known === id);

const refuse = (message: string, fix: string): Effect.Effect<never, Failed> =>
  Effect.fail(failed("SLUICE-USAGE", { message, fix }));
