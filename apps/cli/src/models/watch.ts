/** `sluice models watch`. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { WatchInput } from "../commands/models.ts";
import { formatDuration } from "../duration.ts";
import { failed } from "../failures/Failed.ts";
import { untilInterrupted } from "../interrupts/untilInterrupted.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import { visible } from "../output/visible.ts";
import type { Changed, Looked, Missed, ModelsWatch } from "../results/models.ts";
import { coloured } from "./marks.ts";
import { readNetwork } from "./network.ts";
import { type Change, changesBetween, count, type States, statesOf, type Wanted } from "./watching.ts";

export const run = (flags: WatchInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    if (Option.isNone(flags.network)) {
      return yield* failed("SLUICE-USAGE", {
        message:
          "watch needs --network: what is warm is told by the CLI port of a go-livepeer gateway, and by nobody else",
        fix: "Give its -cliAddr, such as --network http://127.0.0.1:5935. Without a gateway of your own: sluice models probe <model> --until warm.",
      });
    }
    const network = flags.network.value;
    const most = Option.getOrElse(flags.count, () => Infinity);
    if (most < 1) return yield* failed("SLUICE-USAGE", { message: "--count must be at least 1" });
    const wanted: Wanted = { models: flags.models, pipeline: Option.getOrUndefined(flags.pipeline) };
    const first = yield* readNetwork(network);
    let states = statesOf(first.evidence, wanted);
    let [looks, changes] = [1, 0];
    const unseen = flags.models.filter((model) => ![...states.values()].some((one) => one.model === model));
    for (const model of unseen) output.note(`! nobody on this network lists ${model} yet; ids are exact`);
    output.note(
      output.noteStyle.dim(
        `watching ${sumOf(states)} on ${first.source}, every ${formatDuration(flags.every)}; Ctrl-C ends`,
      ),
    );
    tellLook(states, first.at, output);
    const following = Effect.gen(function* () {
      while (looks < most) {
        yield* Effect.sleep(flags.every);
        const look = yield* Effect.result(readNetwork(network));
        looks += 1;
        if (look._tag === "Failure") {
          const missed: Missed = { type: "missed", at: yield* Clock.currentTimeMillis, message: look.failure.message };
          output.event(missed);
          output.note(`! ${missed.message}`);
          continue;
        }
        const next = statesOf(look.success.evidence, wanted);
        for (const change of changesBetween(states, next)) {
          changes += 1;
          tellChange(change, look.success.at, output);
        }
        states = next;
        tellLook(states, look.success.at, output);
      }
    });
    yield* untilInterrupted(following);
    const done: ModelsWatch = {
      message: `${looks} ${looks === 1 ? "look" : "looks"}, ${changes} ${changes === 1 ? "change" : "changes"}`,
      ...{ network: first.source, looks, changes },
      states: [...states.values()].map(({ pipeline, model, state }) => ({ pipeline, model, state })),
    };
    output.note(output.noteStyle.dim(done.message));
    output.done(done);
  });

const sumOf = (states: States): string =>
  `${states.size} ${states.size === 1 ? "model" : "models"} (${count(states, "warm")} warm, ${count(states, "cold")} cold)`;

const tellLook = (states: States, at: number, output: OutputShape): void => {
  const [warm, cold, absent] = [count(states, "warm"), count(states, "cold"), count(states, "absent")];
  const looked: Looked = { type: "looked", at, warm, cold, absent };
  output.event(looked);
};

const words = { warm: "warm", cold: "cold", absent: "gone", failing: "suspended" } as const;

const tellChange = (change: Change, at: number, output: OutputShape): void => {
  const { pipeline, model, state, from, orchestrators } = change;
  const time = new Date(at).toISOString().slice(0, 19);
  const was = from === undefined ? "new" : `was ${words[from]}`;
  const symbol = coloured(state === "failing" ? "absent" : state, output.style);
  output.product(`${time}Z  ${symbol} ${pipeline}  ${visible(model)}  ${words[state]} (${was})\n`);
  const event: Changed = {
    type: "changed",
    at,
    pipeline,
    model,
    from: from ?? null,
    to: state,
    orchestrators: orchestrators ?? null,
  };
  output.event(event);
};
