import { join } from "node:path";
import { expect, it } from "vitest";
import { panelQueries, runbookQueries } from "../queries.ts";
import { folderOf, promtool } from "./promtool.ts";

/** Grafana replaces its variables before Prometheus reads a query. */
const filledIn = (expr: string): string =>
  expr
    .replaceAll("$__rate_interval", "5m")
    .replaceAll("$__range", "6h")
    .replaceAll(/\$(gateway|pipeline|model)/g, ".*");

it.each([
  ["dashboard", panelQueries()],
  ["runbooks", runbookQueries()],
])("Prometheus understands every query of the %s", (_, queries) => {
  expect(queries.length).toBeGreaterThan(20);
  const rules = queries.map(({ expr }, at) => ({ record: `query_${at}`, expr: filledIn(expr) }));
  const folder = folderOf({ "rules.json": { groups: [{ name: "queries", rules }] } });
  const { ok, text } = promtool(["check", "rules", join(folder, "rules.json")]);
  expect(ok, text).toBe(true);
});
