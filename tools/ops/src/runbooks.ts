/** docs/runbooks: the facts of each alert, between marks in a page whose other words are written by hand; and the index. */
import { catalogue } from "@sluice/errors/catalogue";
import { classOf, type SloFile } from "@sluice/telemetry";
import { format } from "prettier";
import { type Alert, alertNamed, alertsOf, type Objective, percent, shareSeriesOf } from "./Alert.ts";
import { generated } from "./rulesFile.ts";

const notice = generated("packages/telemetry/src/slo/default.json");
const begin = `<!-- facts: ${notice} -->`;
const end = "<!-- /facts -->";

/** A page with its facts as they are now. Throws for a page that has no place for them. */
export const withFacts = async (page: string, slo: SloFile, alert: string): Promise<string> => {
  const [before, rest] = split(page, "<!-- facts:");
  const [, after] = split(rest, end);
  return markdown(`${before}${begin}\n\n${factsOf(slo, alert)}\n\n${end}${after}`);
};

/** A page for an alert that has none yet: the rest is to be written. */
export const emptyPage = (alert: string): string => `# ${alert}\n\n<!-- facts: -->\n${end}\n`;

const split = (text: string, mark: string): readonly [before: string, after: string] => {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`The page has no mark ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
};

const markdown = (text: string): Promise<string> => format(text, { parser: "markdown", printWidth: 120 });

const factsOf = (slo: SloFile, name: string): string => {
  const alert = alertNamed(slo, name);
  const { objective, rule, settings } = alert;
  return [
    `> ${settings.summary}`,
    [
      "| what | is |",
      "| --- | --- |",
      `| severity | \`${settings.severity}\`: ${urgency[settings.severity]} |`,
      `| counts | ${countedBy(objective)} |`,
      `| bad | ${badBy(objective)} |`,
      `| condition | ${conditionOf(alert)} |`,
      "| watched | each gateway and pipeline by itself |",
      `| objective | \`${objective.name}\` |`,
    ].join("\n"),
    ...codesOf(objective),
    "The condition in PromQL, on the series of [ops/prometheus/rules.yaml](../../ops/prometheus/rules.yaml):",
    `\`\`\`promql\n${rule.expr}\n\`\`\``,
    "The share now, the worst first:",
    `\`\`\`promql\nsort_desc(${shareSeriesOf(alert)})\n\`\`\``,
  ].join("\n\n");
};

const urgency: Readonly<Record<Alert["settings"]["severity"], string>> = {
  page: "somebody looks now",
  ticket: "somebody looks this week",
};

const list = (names: ReadonlyArray<string>): string => names.map((name) => `\`${name}\``).join(", ");

const countedBy = ({ of, where = {} }: Objective): string =>
  [
    of === "attempts" ? "attempts: each request to a gateway" : "calls, each with all its attempts",
    where.class === undefined ? "but for what callers did themselves (`caller`)" : `that ended as ${list(where.class)}`,
    ...(where.start === undefined ? [] : [`of ${where.start} models`]),
    ...(where.pipeline === undefined ? [] : [`for ${list(where.pipeline)}`]),
  ].join(", ");

const badBy = ({ bad }: Objective): string => {
  if (bad.class !== undefined) return `those that ended as ${list(bad.class)}`;
  if (bad.slowerThan !== undefined) return `those that took longer than ${bad.slowerThan}`;
  return "those that met a cold model";
};

const conditionOf = ({ windows, limit, settings, rule }: Alert): string => {
  const over = windows.map((window) => `in the last ${window}`);
  const lasting = rule.for === undefined ? "fires at once" : `fires when this has held for ${rule.for}`;
  return `more than ${percent(limit)} are bad ${over.join(" and ")}, of at least ${settings.minimum} ${over.at(-1) ?? ""}; ${lasting}`;
};

/** Which codes are bad, where that is what makes an event so. */
const codesOf = ({ of, bad }: Objective): ReadonlyArray<string> => {
  const { class: classes } = bad;
  if (classes === undefined) return [];
  const codes = catalogue
    .map(({ code }) => code)
    .filter((code) => (classes as ReadonlyArray<string>).includes(classOf(code)))
    // Nothing was sent: there is no attempt with it.
    .filter((code) => of === "calls" || code !== "SLUICE-503-CIRCUIT-OPEN")
    .map((code) => `[${code}](../errors/${code}.md)`);
  return [`Codes that are bad: ${codes.join(", ")}.`];
};

/** docs/runbooks/README.md. */
export const indexPage = (slo: SloFile): Promise<string> => {
  const rows = alertsOf(slo).map(
    ({ name, settings: { severity, summary } }) => `| [${name}](${name}.md) | \`${severity}\` | ${summary} |`,
  );
  return markdown(`<!-- ${notice} -->

# Runbooks

A page for each alert, for whoever is told: what it means, what to look at first, what is likely and what to do about it.
\`page\` wakes somebody; \`ticket\` can wait until the morning, and until the end of the week. The alerts are those of
[default.json](../../packages/telemetry/src/slo/default.json); they fire in a program that uses Sluice and, by
[ops/](../../ops/README.md), in Prometheus.

| alert | severity | what |
| --- | --- | --- |
${rows.join("\n")}

Where the pages have PromQL, run it in Grafana's _Explore_, or on Prometheus itself:

\`\`\`sh
curl -sG "$PROMETHEUS/api/v1/query" --data-urlencode 'query=livepeer_alert_state == 2'
\`\`\`

Without Prometheus, a program's own \`/metrics\` has the counters since its start, and its alerts: 1 is pending, 2 is firing.

\`\`\`sh
curl -s "$METRICS" | grep '^livepeer_alert_state'
\`\`\`
`);
};
