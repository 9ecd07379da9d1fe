/** What the team says of its application: launch.toml and launch.attest.toml, read and checked. */
import { isGatewayError } from "@sluice/errors";
import {
  type Attestation,
  attestationFile,
  type Folder,
  LaunchSettings,
  readAttestations,
  readSettings,
  settingsFile,
} from "@sluice/readiness";
import * as Effect from "effect/Effect";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Failed, failed, failedCall } from "../failures/Failed.ts";

export interface Said {
  readonly settings: LaunchSettings;
  /** The file; `undefined`: there is none. */
  readonly file: string | undefined;
}

/** `named`: a file that must be there. */
export const settingsOf = (folder: Folder, named: string | undefined): Effect.Effect<Said, Failed> =>
  Effect.gen(function* () {
    const file = named === undefined ? join(folder.path, settingsFile) : resolve(named);
    const text = named === undefined ? yield* ownText(folder, settingsFile) : yield* textOf(file, "--config");
    if (text === undefined) return { settings: LaunchSettings.parse({}), file: undefined };
    return { settings: yield* parsed(text, named ?? settingsFile), file };
  });

/** A file of the application's that may be absent: `undefined`. One that is there and cannot be read is not taken for none. */
export const ownText = (folder: Folder, name: string): Effect.Effect<string | undefined, Failed> =>
  Effect.tryPromise({
    try: () => readFile(join(folder.path, name), "utf8"),
    catch: (error) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  }).pipe(
    Effect.catch((code) =>
      code === "ENOENT"
        ? Effect.succeed(undefined)
        : Effect.fail(
            failed("SLUICE-CONFIG", {
              message: `${name} cannot be read: ${code}`,
              fix: `See that ${join(folder.path, name)} is a file that you may read.`,
            }),
          ),
    ),
  );

/** A file that a flag names. */
export const textOf = (file: string, flag: string): Effect.Effect<string, Failed> =>
  Effect.tryPromise({
    try: () => readFile(file, "utf8"),
    catch: () =>
      failed("SLUICE-USAGE", { message: `${flag}: ${file} cannot be read`, fix: "Name a file that is there." }),
  });

const parsed = (text: string, name: string): Effect.Effect<LaunchSettings, Failed> =>
  Effect.try({
    try: () => readSettings(text),
    catch: (error) => {
      if (!isGatewayError(error, "InvalidConfiguration")) throw error;
      const { lines, fix, detail } = failedCall(error);
      const [only, ...more] = error.fields;
      const single = more.length === 0 && only !== undefined;
      return failed("SLUICE-CONFIG", {
        message: single
          ? `${name}: ${only.path === settingsFile ? "it" : only.path} ${only.message}`
          : `${error.fields.length} mistakes in ${name}`,
        fix: fix === "" ? "`sluice launch check` looks again." : fix,
        ...{ lines: lines ?? [], detail: detail ?? {} },
      });
    },
  });

export const attestationsOf = (folder: Folder): Effect.Effect<ReadonlyArray<Attestation>, Failed> =>
  Effect.flatMap(ownText(folder, attestationFile), (text) => {
    if (text === undefined) return Effect.succeed([]);
    const read = readAttestations(text);
    if (read.ok) return Effect.succeed(read.attestations);
    return Effect.fail(failed("SLUICE-CONFIG", { message: read.mistake, fix: `Correct ${attestationFile}.` }));
  });
