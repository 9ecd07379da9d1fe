/**
 * An alert as the body of a webhook. Its facts are an allow-list: names, times and shares of events. There is no prompt, no
 * key and no URL of a gateway in an alert, and the page to read is the operator's own.
 */
import type { Alert, Share } from "@sluice/telemetry";
import type { WebhookSettings } from "./WebhookSettings.ts";

/** In characters. With these a body stays far below the 20 kB that receivers are asked to take. */
const longest = { name: 200, summary: 500, url: 2_000 };

/** `undefined`: nobody is told of an alert that does not fire yet. */
export const alertBody = (alert: Alert, format: WebhookSettings["format"]): string | undefined => {
  if (alert.state === "pending") return undefined;
  const facts = factsOf(alert);
  if (format === "slack") return JSON.stringify({ text: slackText(alert.state, facts) });
  return JSON.stringify({ type: `alert.${alert.state}`, timestamp: isoOf(alert.at), data: facts });
};

type Facts = ReturnType<typeof factsOf>;

const factsOf = ({ runbook, ...alert }: Alert) => ({
  name: cut(alert.name, longest.name),
  objective: cut(alert.objective, longest.name),
  severity: alert.severity,
  gateway: cut(alert.gateway, longest.name),
  pipeline: cut(alert.pipeline, longest.name),
  since: isoOf(alert.since),
  summary: cut(alert.summary, longest.summary),
  // A burn rate has two.
  shares: alert.shares.slice(0, 8),
  // Half of a link leads nowhere.
  ...(runbook === undefined || runbook.length > longest.url ? {} : { runbook }),
});

const slackText = (state: "firing" | "resolved", facts: Facts): string => {
  const head = state === "firing" ? `Firing (${facts.severity})` : "Resolved";
  const lines = [
    facts.summary,
    `Gateway ${facts.gateway}, pipeline ${facts.pipeline}, objective ${facts.objective}, since ${facts.since}.`,
    ...facts.shares.map(shareText),
    ...(facts.runbook === undefined ? [] : [`Runbook: ${facts.runbook}`]),
  ];
  return [`*${head}: ${plain(facts.name)}*`, ...lines.map(plain)].join("\n");
};

const shareText = ({ window, share, above, events, bad }: Share): string =>
  `${percent(share)} bad in the last ${window} (${bad} of ${events}); the limit is ${percent(above)}.`;

const percent = (part: number): string => `${Number((part * 100).toPrecision(3))}%`;

/** These three are Slack's only special characters: a name must not call a whole channel. */
const plain = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const isoOf = (at: number): string => new Date(at).toISOString();

const cut = (text: string, most: number): string => {
  // A character has two units at most, and one character more tells that there is more.
  const characters = [...text.slice(0, 2 * most + 2)];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
};
