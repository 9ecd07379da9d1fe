/** Alerts and settings as tests need them. */
import type { Alert } from "@sluice/telemetry";
import { WebhookSettings } from "../../src/alerts/WebhookSettings.ts";

export const secret = `whsec_${Buffer.from("a secret of thirty-two characters").toString("base64")}`;

export const alertOf = (more: Partial<Alert> = {}): Alert => ({
  type: "alert",
  at: Date.UTC(2026, 10, 23, 12, 5),
  name: "LivepeerUnavailable",
  objective: "availability",
  severity: "page",
  state: "firing",
  gateway: "livepeer-cloud",
  pipeline: "text-to-image",
  since: Date.UTC(2026, 10, 23, 12, 3),
  shares: [{ window: "10m", share: 0.125, above: 0.05, events: 80, bad: 10 }],
  summary: "Too many calls find no orchestrator.",
  runbook: "https://runbooks.example/LivepeerUnavailable",
  ...more,
});

/** To an endpoint of this machine. */
export const webhook = (url: string, more: Partial<WebhookSettings> = {}): WebhookSettings =>
  WebhookSettings.parse({ url, secret, allowPrivate: true, ...more });
