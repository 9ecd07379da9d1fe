/** What a drill comes to, in a line; no layout. */
import type { DrillReport } from "../drill/DrillReport.ts";

/** Such as `12 of 16 right, 2 not exercised`. */
export const drillHeadlineOf = ({ score: { right, judged }, scenarios }: DrillReport): string => {
  const unseen = scenarios.filter(({ verdict }) => verdict === "not-exercised").length;
  return `${right} of ${judged} right${unseen === 0 ? "" : `, ${unseen} not exercised`}`;
};
