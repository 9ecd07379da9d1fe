/** Reads what earlier runs left, and leaves something. */
import * as Effect from "effect/Effect";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type * as z from "zod";
import type { Folder } from "../subject/Folder.ts";
import { type Evidence, evidenceFolder, type EvidenceName, evidenceSchemas } from "./Evidence.ts";

export const evidenceFile = (name: EvidenceName): string => `${evidenceFolder}/${name}.json`;

const names = Object.keys(evidenceSchemas) as ReadonlyArray<EvidenceName>;

/** A file that is not what Sluice wrote is told in `mistakes`. */
export const readEvidence = (folder: Folder): Effect.Effect<Evidence> =>
  Effect.map(
    Effect.forEach(names, (name) => Effect.map(folder.text(evidenceFile(name)), (text) => readOne(name, text))),
    (read) =>
      read.reduce<Evidence>(
        (all, { found, mistake }) => ({
          ...{ ...all, ...found },
          mistakes: mistake === undefined ? all.mistakes : [...all.mistakes, mistake],
        }),
        { mistakes: [] },
      ),
  );

const readOne = (
  name: EvidenceName,
  text: string | undefined,
): { readonly found?: Partial<Evidence>; readonly mistake?: string } => {
  if (text === undefined) return {};
  const mistake = `${evidenceFile(name)} is not what Sluice wrote: remove it, and run its command again`;
  try {
    const { success, data } = evidenceSchemas[name].safeParse(JSON.parse(text));
    return success ? { found: { [name]: data } } : { mistake };
  } catch {
    return { mistake };
  }
};

/** The file's path. The folder is made, and git is told nothing: evidence may be committed, so that CI has it. */
export const saveEvidence = <Name extends EvidenceName>(
  folder: string,
  name: Name,
  value: z.infer<(typeof evidenceSchemas)[Name]>,
): Effect.Effect<string, Error> =>
  Effect.tryPromise({
    try: async () => {
      const file = join(folder, evidenceFile(name));
      await mkdir(join(folder, evidenceFolder), { recursive: true });
      await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
      return file;
    },
    catch: (error) => (error instanceof Error ? error : new Error(String(error))),
  });
