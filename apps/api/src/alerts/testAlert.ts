/** What `sluice-api alerts test` does: each webhook is sent a test alert, and that it is over, as the service would send them. */
import type { Alert } from "@sluice/telemetry";
import { alertBody } from "./alertBody.ts";
import { isTaken, sendMessage, type SendPorts, type Sent } from "./sendMessage.ts";
import { newMessageId } from "./signature.ts";
import type { WebhookSettings } from "./WebhookSettings.ts";

export interface Tested {
  readonly isTaken: boolean;
  /** With its port, where that is not the usual one. */
  readonly host: string;
  /** Without more of the URL than its origin. */
  readonly line: string;
}

/** All at once, each alert in one try. */
export const sendTestAlerts = (
  webhooks: ReadonlyArray<WebhookSettings>,
  ports: SendPorts,
): Promise<ReadonlyArray<Tested>> => Promise.all(webhooks.map((webhook, at) => testOne(webhook, at, ports)));

const testOne = async (webhook: WebhookSettings, at: number, ports: SendPorts): Promise<Tested> => {
  const firing = await send(webhook, "firing", ports);
  // What was not told of need not be over.
  const sent = isTaken(firing) ? await send(webhook, "resolved", ports) : firing;
  const said = sent.status === undefined ? sent.reason : `status ${sent.status}`;
  const { origin, host } = new URL(webhook.url);
  const line = `${isTaken(sent) ? "✔" : "✗"} webhooks.${at}  ${origin}  ${said}`;
  return { isTaken: isTaken(sent), host, line };
};

const send = (webhook: WebhookSettings, state: "firing" | "resolved", ports: SendPorts): Promise<Sent> => {
  const body = alertBody({ ...sample, state, at: ports.now(), since: ports.now() }, webhook.format) ?? "";
  const message = { id: newMessageId(), body };
  return sendMessage(webhook, message, ports, new AbortController().signal);
};

/** A ticket, which wakes nobody. */
const sample: Omit<Alert, "at" | "since" | "state"> = {
  ...{ type: "alert", name: "SluiceTest", objective: "test", severity: "ticket", gateway: "test", pipeline: "test" },
  shares: [],
  summary: "This is a test, sent by `sluice-api alerts test`. Nothing is wrong.",
};
