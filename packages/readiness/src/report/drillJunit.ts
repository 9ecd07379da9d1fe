/** A drill as JUnit's XML: a test case for each scenario. */
import type { DrillReport, ScenarioResult } from "../drill/DrillReport.ts";
import { type JunitCase, junitDocument } from "./junitCase.ts";

export const drillJunitOf = ({ command, at, scenarios }: DrillReport): string => {
  const name = `sluice launch drill: ${command.join(" ")}`;
  return junitDocument(name, [{ name: "drill", at, cases: scenarios.map(caseOf) }]);
};

const caseOf = (scenario: ScenarioResult): JunitCase => {
  const { id, title, verdict, seen, exit } = scenario;
  return {
    classname: "launch.drill",
    name: `${id}: ${title}`,
    seconds: exit.seconds,
    properties: { verdict, seen, exit: exit.signal ?? (exit.code === null ? null : String(exit.code)) },
    ...endOf(scenario),
  };
};

const endOf = ({ verdict, wrong, seen, change, requests }: ScenarioResult): Pick<JunitCase, "end"> => {
  if (verdict === "right") return {};
  const sent = requests.map(({ ms, path, status, end }) => `${ms} ms ${path} ${status ?? "no status"}, ${end}`);
  const text = [seen, ...(change === null ? [] : [`What to change: ${change}`]), ...sent].join("\n");
  return { end: { as: verdict === "wrong" ? "failure" : "skipped", message: wrong ?? seen, text } };
};
