/** `sluice models show`. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ShowInput } from "../commands/models.ts";
import { Output } from "../output/Output.ts";
import { visible } from "../output/visible.ts";
import type { ModelsShow } from "../results/models.ts";
import { placesOf, unknownModel } from "./find.ts";
import { type Known, knownOf } from "./known.ts";
import { knownLines } from "./knownLines.ts";
import { profileOf, seenOn } from "./view.ts";

export const run = ({ model, pipeline: given, gateway, network }: ShowInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const pipeline = Option.getOrUndefined(given);
    const profile = yield* profileOf(gateway);
    const seen = yield* seenOn(network);
    const evidence = seen?.evidence ?? [];
    const now = yield* Clock.currentTimeMillis;
    const places = placesOf(model, pipeline, evidence);
    if (places.length === 0) return yield* unknownModel(model, pipeline);
    const known = places.map((place): Known => knownOf(model, place, { profile, evidence, now }));
    output.product(`${output.style.bold(visible(model))}\n`);
    for (const one of known) output.product(`\n${knownLines(one, output.style).join("\n")}\n`);
    if (seen === undefined)
      output.note("Nobody was asked: this is what documents and code say; --network asks your gateway.");
    const names = known.map((one) => one.row.pipeline).join(", ");
    const done: ModelsShow = {
      message: `${model} is known for ${names}`,
      model,
      pipelines: known.map(({ plain }) => plain),
    };
    output.done(done);
  });
