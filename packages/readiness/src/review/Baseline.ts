/** What a team knows of and lives with for now: it is told, and keeps nothing back until it gets worse. */
import * as z from "zod";
import { type Check, type Place, type Status, statuses } from "../checks/Check.ts";
import type { CheckResult, LaunchReport } from "./LaunchReport.ts";
import { severity } from "./severity.ts";

export const BaselineFile = z.strictObject({
  version: z.literal(1),
  at: z.iso.datetime(),
  checks: z.record(z.string(), z.enum(statuses)).describe("By id, the status that is known."),
  places: z
    .record(z.string(), z.record(z.string(), z.int()))
    .optional()
    .describe("By id and file, how many places are known; absent: any number."),
});
export type BaselineFile = z.infer<typeof BaselineFile>;

export interface Baseline {
  /** Whether that, or worse, is known of the check, and no file has more places than are known. */
  readonly has: (id: string, status: Status, places: ReadonlyArray<Pick<Place, "file">>) => boolean;
  /** What it knows and need not: a line each. `all`: every check that there is; `results`: of those that were looked at. */
  readonly stale: (all: ReadonlyArray<Check>, results: ReadonlyArray<CheckResult>) => ReadonlyArray<string>;
}

export const baselineOf = (file: BaselineFile): Baseline => {
  const known = new Map(Object.entries(file.checks));
  return {
    has: (id, status, places) => {
      const worst = known.get(id);
      if (worst === undefined || !isWrong(status) || severity[status] > severity[worst]) return false;
      if (file.places === undefined) return true;
      const before = file.places[id] ?? {};
      return Object.entries(countsOf(places)).every(([name, count]) => count <= (before[name] ?? 0));
    },
    stale: (all, results) =>
      [...known].flatMap(([id, status]) => {
        if (!all.some((check) => check.id === id)) return [`The baseline knows ${id}, which is no check: ${anew}`];
        const now = results.find((result) => result.id === id);
        if (now === undefined || isWrong(now.status) || !isWrong(status)) return [];
        return [`The baseline knows ${id} as ${status}, and it is ${now.status} now: ${anew}`];
      }),
  };
};

const anew = "write it anew";

const isWrong = (status: Status): boolean => status !== "pass" && status !== "skip";

/** By file. Not by line, for lines move. */
const countsOf = (places: ReadonlyArray<Pick<Place, "file">>): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const { file } of places) counts.set(file, (counts.get(file) ?? 0) + 1);
  return Object.fromEntries(counts);
};

/** Of all that is not well now. */
export const baselineFrom = ({ at, checks }: LaunchReport): BaselineFile => {
  const wrong = checks.filter(({ status }) => isWrong(status));
  const placed = wrong.filter(({ places }) => places.length > 0);
  return {
    ...{ version: 1, at },
    checks: Object.fromEntries(wrong.map(({ id, status }) => [id, status])),
    places: Object.fromEntries(placed.map(({ id, places }) => [id, countsOf(places)])),
  };
};
