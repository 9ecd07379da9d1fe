/** A finding as a place of a report: where it is and what, never the secret. */
import type { Finding } from "../../scan/Finding.ts";
import type { Place } from "../Check.ts";
import { whereOf } from "../whereOf.ts";

/** Of a commit's message, or of something that no commit has, the place is git's own folder. */
export const placeOf = (finding: Finding): Place => {
  const { file, line, column, message } = finding;
  return {
    file: file ?? ".git",
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { column }),
    message: `${message}${sinceOf(finding)}`,
  };
};

const sinceOf = ({ place, commit, date = "", reachable, object = "" }: Finding): string => {
  if (commit === undefined) return place === "history" ? ` (git object ${object.slice(0, 10)}, in no commit)` : "";
  const where = reachable === false ? ", in no branch" : "";
  return ` (${place === "history" ? "in git's history: " : "in git since "}${commit.slice(0, 10)}, ${date}${where})`;
};

/** `src/a.ts:3: a UUID as LIVEPEER_API_KEY`. */
export const findingLine = (finding: Finding): string => {
  const place = placeOf(finding);
  return `${whereOf(place)}: ${place.message ?? ""}`;
};
