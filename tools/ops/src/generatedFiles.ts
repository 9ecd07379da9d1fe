/** All that `npm run ops:pages` writes: paths from the repository's root, and texts. */
import { defaultSlo } from "@sluice/telemetry";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "../../repo/src/nx.ts";
import { alertsOf } from "./Alert.ts";
import { dashboardFile } from "./dashboard/dashboard.ts";
import { rulesFile } from "./rulesFile.ts";
import { emptyPage, indexPage, withFacts } from "./runbooks.ts";
import { scenarios } from "./scenarios.ts";
import { testsFile } from "./testsFile.ts";

export const generatedFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const runbooks = alertsOf(defaultSlo).map(async ({ name }) => {
    const path = `docs/runbooks/${name}.md`;
    const file = join(workspaceRoot, path);
    const page = existsSync(file) ? readFileSync(file, "utf8") : emptyPage(name);
    return [path, await withFacts(page, defaultSlo, name)] as const;
  });
  return new Map([
    ["ops/prometheus/rules.yaml", await rulesFile(defaultSlo)],
    ["ops/prometheus/tests.yaml", await testsFile(defaultSlo, scenarios)],
    ["ops/grafana/livepeer.json", await dashboardFile(defaultSlo)],
    ["docs/runbooks/README.md", await indexPage(defaultSlo)],
    ...(await Promise.all(runbooks)),
  ]);
};
