/** `sluice stats slowest`. */
import * as Effect from "effect/Effect";
import type { SlowestInput } from "../commands/stats.ts";
import { listCalls } from "./listCalls.ts";
import { openSource } from "./Source.ts";

export const run = (input: SlowestInput) =>
  Effect.gen(function* () {
    const source = yield* openSource(input);
    const calls = yield* source.calls;
    yield* listCalls(source.name, calls.toSorted((one, other) => other.ms - one.ms).slice(0, input.count));
  });
