/** Keeps what a command saw for the launch check of the current folder. */
import { type EvidenceName, saveEvidence } from "@sluice/readiness";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { relative } from "node:path";
import { type Failed, failed } from "../failures/Failed.ts";

type ValueOf<Name extends EvidenceName> = Parameters<typeof saveEvidence<Name>>[2];

/** Gives the file, from the current folder. */
export const saveEvidenceHere = <Name extends EvidenceName>(
  name: Name,
  value: ValueOf<Name>,
): Effect.Effect<string, Failed> =>
  saveEvidence(process.cwd(), name, value).pipe(
    Effect.map((file) => relative(process.cwd(), file)),
    Effect.mapError(({ message }) =>
      failed("SLUICE-FILE", { message, fix: "Run it where you may write, or without saving." }),
    ),
  );

/** As evidence has it. */
export const timeNow: Effect.Effect<string> = Effect.map(Clock.currentTimeMillis, (now) => new Date(now).toISOString());
