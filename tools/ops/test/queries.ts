/** The queries that the repository shows: in the dashboard, and in the runbooks. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "../../repo/src/nx.ts";

export interface Shown {
  /** For a failure's message. */
  readonly where: string;
  readonly expr: string;
}

export interface GrafanaPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: ReadonlyArray<{ readonly expr: string; readonly legendFormat: string; readonly refId: string }>;
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly definition?: string;
}

export const dashboard = (): {
  readonly schemaVersion: number;
  readonly panels: ReadonlyArray<GrafanaPanel>;
  readonly templating: { readonly list: ReadonlyArray<Variable> };
} => JSON.parse(readFileSync(join(workspaceRoot, "ops/grafana/livepeer.json"), "utf8")) as never;

export const panelQueries = (): ReadonlyArray<Shown> =>
  dashboard().panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ where: title, expr })));

export const runbooks = join(workspaceRoot, "docs/runbooks");
export const runbookNames = (): ReadonlyArray<string> => readdirSync(runbooks);
export const runbook = (name: string): string => readFileSync(join(runbooks, name), "utf8");

/** The blocks of code in such a language, without the indentation that they have in a list. */
export const blocksIn = (page: string, language: string): ReadonlyArray<string> =>
  [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)\\n\\1\`\`\`$`, "gms"))].map(
    ([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );

export const runbookQueries = (): ReadonlyArray<Shown> =>
  runbookNames().flatMap((name) => blocksIn(runbook(name), "promql").map((expr) => ({ where: name, expr })));
