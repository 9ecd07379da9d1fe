/** The places that are still to be told: those that the evidence names already add nothing for a reader. */
import type { CheckResult } from "../review/LaunchReport.ts";
import { placeText } from "./placeText.ts";

type Told = Pick<CheckResult, "evidence" | "details" | "places">;

export const placesToTell = ({ evidence, details, places }: Told): CheckResult["places"] => {
  const words = new Set(
    [evidence, ...details].flatMap((text) => text.split(/[\s,;()]+/)).map((word) => word.replace(/[:.]$/, "")),
  );
  const isOnly = places.length === 1;
  return places.filter((place) => !words.has(placeText(place)) && !(isOnly && isIn(evidence, place)));
};

/** Whether it names the line, and says the same of it. */
const isIn = (evidence: string, { file, line, message = "" }: CheckResult["places"][number]): boolean =>
  evidence.includes(line === undefined ? file : `${file}:${line}`) && evidence.includes(message);
