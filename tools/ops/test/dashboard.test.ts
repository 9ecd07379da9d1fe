import { defaultSlo } from "@sluice/telemetry";
import { describe, expect, it } from "vitest";
import { seriesOf } from "../src/exposed.ts";
import { strangersIn } from "../src/promql.ts";
import { dashboard, type GrafanaPanel, panelQueries } from "./queries.ts";

const { schemaVersion, panels, templating } = dashboard();
const known = seriesOf(defaultSlo);

const overlap = (a: GrafanaPanel, b: GrafanaPanel): boolean =>
  a.gridPos.x < b.gridPos.x + b.gridPos.w &&
  b.gridPos.x < a.gridPos.x + a.gridPos.w &&
  a.gridPos.y < b.gridPos.y + b.gridPos.h &&
  b.gridPos.y < a.gridPos.y + a.gridPos.h;

describe("the dashboard", () => {
  it("is of the schema that it says", () => {
    expect(schemaVersion).toBe(41);
    expect(templating.list.map(({ name }) => name)).toEqual(["datasource", "gateway", "pipeline", "model"]);
  });

  it("gives each panel an id of its own", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.length).toBeGreaterThan(20);
  });

  it("lays its panels on the 24 columns, none over another", () => {
    for (const [at, panel] of panels.entries()) {
      const { x, w, h } = panel.gridPos;
      expect(x >= 0 && w > 0 && h > 0 && x + w <= 24, panel.title).toBe(true);
      for (const other of panels.slice(at + 1))
        expect(overlap(panel, other), `${panel.title}, ${other.title}`).toBe(false);
    }
  });

  it("fills each line of each row", () => {
    const lines = Map.groupBy(panels, ({ gridPos }) => gridPos.y);
    for (const line of lines.values()) {
      expect(
        line.reduce((sum, { gridPos }) => sum + gridPos.w, 0),
        line[0]?.title,
      ).toBe(24);
    }
  });

  it("asks only for what is exposed or recorded, by its labels", () => {
    for (const { where, expr } of panelQueries()) expect(strangersIn(expr, known), where).toEqual([]);
    for (const { definition } of templating.list) {
      if (definition === undefined) continue;
      const [, series = "", label = ""] = /^label_values\((.*), (\w+)\)$/.exec(definition) ?? [];
      expect(strangersIn(`sum by (${label}) (${series})`, known)).toEqual([]);
    }
  });

  it("names series by labels that their queries keep", () => {
    for (const { title, targets = [] } of panels) {
      for (const { expr, legendFormat } of targets) {
        const kept = [...expr.matchAll(/ by \((.*?)\)/g)].flatMap(([, labels = ""]) => labels.split(", "));
        const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
        // What is recorded keeps all of its labels.
        if (expr.startsWith("gateway_pipeline:")) expect(["gateway", "pipeline"], title).toEqual(named);
        else expect(kept, title).toEqual(expect.arrayContaining(named));
      }
    }
  });
});
