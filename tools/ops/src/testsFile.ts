/** ops/prometheus/tests.yaml, for `promtool test rules`. */
import type { SloFile } from "@sluice/telemetry";
import { generated, yamlFile } from "./rulesFile.ts";
import { promtoolTest, type Scenario } from "./Scenario.ts";

/** A file of tests of `rules`, a rule file in the same folder. */
export const testsOf = (rules: string, tests: ReadonlyArray<unknown>) => ({
  rule_files: [rules],
  evaluation_interval: "1m",
  tests,
});

export const testsFile = (slo: SloFile, scenarios: ReadonlyArray<Scenario>): Promise<string> =>
  yamlFile(
    generated("tools/ops/src/scenarios.ts"),
    testsOf(
      "rules.yaml",
      scenarios.map((scenario) => promtoolTest(slo, scenario)),
    ),
  );
