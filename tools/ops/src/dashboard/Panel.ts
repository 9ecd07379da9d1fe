/** A panel as this repository writes it, and as Grafana's JSON has it. */

export interface Query {
  readonly expr: string;
  /** Grafana's template of a series' name, such as `{{pipeline}}`. */
  readonly legend: string;
}

export interface Line {
  readonly at: number;
  readonly color: string;
}

export interface Panel {
  readonly title: string;
  /** What somebody who has not seen it before needs to know. */
  readonly description: string;
  /** `stat`: one number over the chosen time. `lines`: its course; `stack`: courses that add up. */
  readonly kind: "stat" | "lines" | "stack";
  /** One of Grafana's: `percentunit` is a share, `s` seconds, `reqps` requests a second. */
  readonly unit: string;
  readonly queries: ReadonlyArray<Query>;
  /** Of 24 columns. */
  readonly width: number;
  /** From such a value on it has such a colour; in `lines`, a line is drawn there. */
  readonly limits?: ReadonlyArray<Line>;
  /** Below which limit it is no longer good, where more is better. */
  readonly colorBelow?: string;
  readonly decimals?: number;
}

export interface Place {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

export const datasource = { type: "prometheus", uid: "${datasource}" };

export const heightOf = ({ kind }: Panel): number => (kind === "stat" ? 4 : 8);

export const panelJson = (panel: Panel, id: number, gridPos: Place) => ({
  id,
  type: panel.kind === "stat" ? "stat" : "timeseries",
  title: panel.title,
  description: panel.description,
  gridPos,
  datasource,
  targets: panel.queries.map(({ expr, legend }, at) => ({
    refId: String.fromCodePoint(65 + at),
    datasource,
    editorMode: "code",
    expr,
    legendFormat: legend,
    ...(panel.kind === "stat" ? { instant: true, range: false } : { instant: false, range: true }),
  })),
  fieldConfig: {
    defaults: {
      unit: panel.unit,
      ...(panel.decimals === undefined ? {} : { decimals: panel.decimals }),
      color: { mode: panel.kind === "stat" ? "thresholds" : "palette-classic" },
      thresholds: {
        mode: "absolute",
        steps: [
          { color: panel.colorBelow ?? "green", value: null },
          ...(panel.limits ?? []).map(({ at, color }) => ({ color, value: at })),
        ],
      },
      ...(panel.kind === "stat" ? {} : { custom: drawn(panel) }),
    },
    overrides: [],
  },
  options:
    panel.kind === "stat"
      ? { reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false }, colorMode: "value", graphMode: "none" }
      : {
          legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
          tooltip: { mode: "multi", sort: "desc" },
        },
});

const drawn = ({ kind, limits = [] }: Panel) => ({
  drawStyle: "line",
  lineWidth: 1,
  fillOpacity: kind === "stack" ? 30 : 0,
  showPoints: "never",
  // Where nothing was asked there is nothing to draw.
  spanNulls: false,
  stacking: { mode: kind === "stack" ? "normal" : "none", group: "A" },
  thresholdsStyle: { mode: limits.length === 0 ? "off" : "line" },
});
