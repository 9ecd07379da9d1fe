/** A log with a line of JSON per request: whether its lines have the status. */
import * as Effect from "effect/Effect";
import type { Folder } from "../../subject/Folder.ts";
import type { Verdict } from "../Check.ts";
import { endOfFile } from "./endOfFile.ts";

const mostBytes = 4 * 1024 * 1024;
const fix =
  'Write a line of JSON per request, with its "status" and "pipeline", as logCalls of @sluice/telemetry does; its file is [monitoring] log in launch.toml';

export const statusesInLog = (folder: Folder | undefined, log: string): Effect.Effect<Verdict> =>
  Effect.map(endOfFile(folder, log, mostBytes), (end) => {
    if (end === undefined) return { status: "fail", evidence: `${log} is not there`, fix };
    const lines = end.text.split("\n").flatMap(recordIn);
    const statuses = lines.map(statusesOf).filter((found) => found.length > 0);
    const places = [{ file: log }];
    if (statuses.length === 0)
      return { status: "fail", evidence: `${log}: none of ${lines.length} lines of JSON has a status`, places, fix };
    const seen = [...new Set(statuses.flat())].toSorted((one, other) => one - other);
    const evidence = `${log}: ${statuses.length} of ${lines.length} lines have a status (${seen.slice(0, 12).join(", ")})`;
    return { status: "pass", evidence, places, seenAt: end.changedAt };
  });

type Line = Readonly<Record<string, unknown>>;

const recordIn = (line: string): ReadonlyArray<Line> => {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? [value] : [];
  } catch {
    return [];
  }
};

const isRecord = (value: unknown): value is Line =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Its own, or those of a request or an answer that it holds. */
const statusesOf = (line: Line): ReadonlyArray<number> => {
  const holders = [line, line["res"], line["response"], line["http"]].filter(isRecord);
  return holders
    .flatMap((holder) =>
      ["status", "statusCode", "status_code", "statuses", "http.status_code", "http.response.status_code"].flatMap(
        (name) => holder[name],
      ),
    )
    .flatMap((found) => (typeof found === "string" ? Number(found) : found))
    .filter((found): found is number => typeof found === "number" && Number.isInteger(found) && isStatus(found));
};

const isStatus = (number: number): boolean => number >= 100 && number <= 599;
