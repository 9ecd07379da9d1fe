/** Where the record of calls is: the newest, and what was before it. */
import { join } from "node:path";
import { stateFolder } from "../settings/places.ts";

export interface HistoryFiles {
  readonly folder: string;
  readonly current: string;
  readonly previous: string;
}

export const historyFiles = (env: NodeJS.ProcessEnv): HistoryFiles => {
  const folder = stateFolder(env);
  return { folder, current: join(folder, "calls.ndjson"), previous: join(folder, "calls.1.ndjson") };
};
