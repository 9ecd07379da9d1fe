/** `sluice launch attest`. */
import { attest, attestationFile, openFolder } from "@sluice/readiness";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AttestInput } from "../commands/launch/attest.ts";
import { failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { LaunchAttest } from "../results/launch.ts";
import { ownText } from "./settings.ts";

export const run = ({ id, by, evidence, on, until }: AttestInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const now = yield* Clock.currentTimeMillis;
    const folder = yield* openFolder(process.cwd());
    const before = yield* ownText(folder, attestationFile);
    const word = {
      ...{ id, by, evidence },
      ...(Option.isSome(on) ? { on: on.value } : {}),
      ...(Option.isSome(until) ? { until: until.value } : {}),
    };
    const said = attest(word, before === undefined ? { now } : { now, file: before });
    if (!said.ok) return yield* failed("SLUICE-USAGE", { message: said.mistake, fix: said.fix });
    const file = join(folder.path, attestationFile);
    yield* Effect.tryPromise({
      try: () => writeFile(file, said.file),
      catch: () => failed("SLUICE-FILE", { message: `${file} cannot be written`, fix: "Run it where you may write." }),
    });
    const { attestation } = said;
    output.product(`${attestationFile}\n`);
    output.note(
      `${output.noteStyle.good("✔")} ${attestation.id}: ${attestation.by} says so, until ${attestation.until}`,
    );
    const result: LaunchAttest = {
      message: `${attestation.id} is attested until ${attestation.until}`,
      file,
      ...attestation,
    };
    output.done(result);
  });
