/** The files of a result on disk. All of them are paid for: one that cannot be had must not cost the others. */
import type { GatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type { Failed } from "../failures/Failed.ts";
import { release, reserve, type Wanted } from "../output/reserve.ts";

/** How many are written at once. */
const concurrency = 4;

/** Writes what belongs to `index`, and says where it is in the end. */
export type Write = (path: string, index: number) => Effect.Effect<string, GatewayError | Failed>;

export interface Writing {
  readonly wanted: ReadonlyArray<Wanted>;
  readonly write: Write;
  /** A name that could not be had. */
  readonly refused: (wanted: Wanted, cause: unknown, index: number) => GatewayError | Failed;
  /** Told of each file as soon as it is there: what is interrupted has written some. */
  readonly saved: (paths: ReadonlyArray<string | undefined>) => void;
}

/** The first failure; `undefined` when all are there. */
export const writeEach = ({
  wanted,
  write,
  refused,
  saved,
}: Writing): Effect.Effect<GatewayError | Failed | undefined> => {
  const paths: Array<string | undefined> = wanted.map(() => undefined);
  const one = (want: Wanted, index: number) =>
    Effect.acquireUseRelease(
      Effect.tryPromise({ try: () => reserve(want), catch: (cause) => refused(want, cause, index) }),
      ({ path }) =>
        Effect.map(write(path, index), (file) => {
          paths[index] = file;
          saved([...paths]);
        }),
      (reserved, exit) => (Exit.isSuccess(exit) ? Effect.void : Effect.promise(() => release(reserved))),
    );
  return Effect.map(
    Effect.forEach(wanted, (want, index) => Effect.result(one(want, index)), { concurrency }),
    (all) => all.flatMap((each) => (each._tag === "Failure" ? [each.failure] : []))[0],
  );
};
