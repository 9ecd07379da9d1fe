/** JSON files that are their owner's alone: written whole or not at all, in a folder that nobody else may look into. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";

type Json = Readonly<Record<string, unknown>>;

/** `undefined` when there is no such file. What is in it is never quoted, since it may be a key. */
export const readStateFile = (path: string): Effect.Effect<Json | undefined, Failed> =>
  Effect.suspend(() => {
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return Effect.succeed(undefined);
      return Effect.fail(storeFailed(`${path} cannot be read: ${codeOf(error)}`));
    }
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return Effect.succeed(value as Json);
    } catch {
      // Said below.
    }
    return Effect.fail(storeFailed(`${path} is not what Sluice wrote`, "Remove the file, and sign in again."));
  });

export const writeStateFile = (path: string, value: object): Effect.Effect<void, Failed> =>
  Effect.suspend(() => {
    const folder = dirname(path);
    const draft = `${path}.${randomBytes(6).toString("hex")}`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // One that was there before keeps its mode otherwise.
      chmodSync(folder, 0o700);
      writeFileSync(draft, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
      renameSync(draft, path);
      return Effect.void;
    } catch (error) {
      rmSync(draft, { force: true });
      return Effect.fail(storeFailed(`${path} cannot be written: ${codeOf(error)}`));
    }
  });

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "for an unknown reason";

const storeFailed = (message: string, fix?: string): Failed =>
  failed("SLUICE-KEY-STORE", { message, ...(fix === undefined ? {} : { fix }) });
