/** Alerting rules in files: Prometheus's own, `PrometheusRule` manifests, and either in a ConfigMap. */
import * as Effect from "effect/Effect";
import { type Document, isNode, LineCounter, parseAllDocuments } from "yaml";
import * as z from "zod";
import type { Folder } from "../../../subject/Folder.ts";
import { isNotProduction } from "../../../subject/notProduction.ts";
import type { AlertRule, Recording, Rules } from "./Rules.ts";

const Written = z.object({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.union([z.string(), z.number().transform(String)]),
  for: z.string().optional(),
  labels: z.record(z.string(), z.unknown()).optional(),
});

const Group = z.object({ rules: z.array(z.unknown()) });
const RuleFile = z.object({ groups: z.array(z.unknown()) });
const Manifest = z.object({ kind: z.literal("PrometheusRule"), spec: RuleFile });
const ConfigMap = z.object({ kind: z.literal("ConfigMap"), data: z.record(z.string(), z.string()) });

/** `named`: those alone. A file that is not there, or is not YAML, has no rules. */
export const ruleFiles = (folder: Folder, named: ReadonlyArray<string> | undefined): Effect.Effect<Rules> =>
  Effect.gen(function* () {
    const files = named ?? (yield* folder.files).filter((file) => /\.ya?ml$/i.test(file) && !isNotProduction(file));
    const read = yield* Effect.forEach(
      files,
      (file) => Effect.map(folder.text(file), (text = "") => (mayHaveRules(text) ? rulesIn(file, text) : none)),
      { concurrency: 4 },
    );
    const withRules = read.filter(({ alerts, recordings }) => alerts.length + recordings.length > 0).length;
    return {
      from: withRules === 1 ? "1 file" : `${withRules} files`,
      alerts: read.flatMap(({ alerts }) => alerts),
      recordings: read.flatMap(({ recordings }) => recordings),
    };
  });

type Found = Omit<Rules, "from">;
const none: Found = { alerts: [], recordings: [] };

const mayHaveRules = (text: string): boolean => /["']?\b(alert|record)\b["']?\s*:/.test(text);

const rulesIn = (file: string, text: string): Found => {
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter: lines, logLevel: "silent" })].filter(
    ({ errors }) => errors.length === 0,
  );
  return together(documents.map((document) => rulesOf(file, document, lines)));
};

const rulesOf = (file: string, document: Document, lines: LineCounter): Found => {
  const content = contentOf(document);
  const manifest = Manifest.safeParse(content).data;
  const map = ConfigMap.safeParse(content).data;
  const groups = manifest?.spec.groups ?? RuleFile.safeParse(content).data?.groups ?? [];
  const path = manifest === undefined ? ["groups"] : ["spec", "groups"];
  const lineOf = (...at: ReadonlyArray<number | string>): number | undefined => {
    const node = document.getIn([...path, ...at], true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    return start === undefined ? undefined : lines.linePos(start).line;
  };
  const own = groups.flatMap((group, at) =>
    (Group.safeParse(group).data?.rules ?? []).map((rule, place) => ruleOf(file, rule, lineOf(at, "rules", place))),
  );
  const embedded = Object.values(map?.data ?? {}).map((text) => withoutLines(rulesIn(file, text)));
  return together([...own, ...embedded]);
};

const contentOf = (document: Document): unknown => {
  try {
    return document.toJS();
  } catch {
    // Aliases without an end.
    return undefined;
  }
};

const ruleOf = (file: string, rule: unknown, line: number | undefined): Found => {
  const { success, data } = Written.safeParse(rule);
  if (!success) return none;
  const { alert, record, expr, for: holds, labels = {} } = data;
  const place = { file, ...(line === undefined ? {} : { line }) };
  const alerts: ReadonlyArray<AlertRule> =
    alert === undefined ? [] : [{ name: alert, expr, place, ...(holds === undefined ? {} : { holds }) }];
  const told = Object.entries(labels).map(([name, value]) => [name, String(value)] as const);
  const recordings: ReadonlyArray<Recording> =
    record === undefined ? [] : [{ name: record, expr, labels: Object.fromEntries(told) }];
  return { alerts, recordings };
};

/** Of a text in a file, lines are not those of the file. */
const withoutLines = ({ alerts, recordings }: Found): Found => ({
  alerts: alerts.map(({ place, ...alert }) => ({
    ...alert,
    ...(place === undefined ? {} : { place: { file: place.file } }),
  })),
  recordings,
});

const together = (found: ReadonlyArray<Found>): Found => ({
  alerts: found.flatMap(({ alerts }) => alerts),
  recordings: found.flatMap(({ recordings }) => recordings),
});
