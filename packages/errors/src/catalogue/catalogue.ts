/** All entries, by code. */
import type { Entry } from "./Entry.ts";
import { answers } from "./answers.ts";
import { capacity } from "./capacity.ts";
import { connections } from "./connections.ts";
import { key } from "./key.ts";
import { limits } from "./limits.ts";
import { local } from "./local.ts";
import { request } from "./request.ts";

export const catalogue: ReadonlyArray<Entry> = [
  ...key,
  ...request,
  ...capacity,
  ...connections,
  ...answers,
  ...limits,
  ...local,
].sort((one, other) => (one.code < other.code ? -1 : 1));

export const entryOf = (code: string): Entry | undefined => catalogue.find((entry) => entry.code === code);
