/** Tells receivers over HTTP of alerts that fire and that are over. What they do never holds up or fails a call. */
import type { OnAlert } from "@sluice/telemetry";
import { setTimeout } from "node:timers/promises";
import { alertBody } from "./alertBody.ts";
import { Endpoint, type EndpointPorts } from "./Endpoint.ts";
import { postWithin } from "./postWebhook.ts";
import { newMessageId } from "./signature.ts";
import type { WebhookSettings } from "./WebhookSettings.ts";

export interface Webhooks {
  readonly onAlert: OnAlert;
  /** Unix milliseconds: when a receiver last took one; absent: none ever has. */
  readonly takenAt: number | undefined;
  /** What is being sent has a few seconds; the rest is given up, with a warning. */
  readonly close: () => Promise<void>;
}

/** Those of the machine, where none are given. */
export type WebhookPorts = Pick<EndpointPorts, "log"> & Partial<EndpointPorts>;

/** In milliseconds. */
const tryTimeout = 15_000;
const closePatience = 5_000;

export const machinePorts: Omit<EndpointPorts, "log"> = {
  now: Date.now,
  random: Math.random,
  sleep: (ms, signal) => setTimeout(ms, undefined, { ref: false, signal }),
  post: postWithin(tryTimeout),
};

export const openWebhooks = (settings: ReadonlyArray<WebhookSettings>, ports: WebhookPorts): Webhooks => {
  const all = { ...machinePorts, ...ports };
  const receivers = settings.map((one, index) => ({ format: one.format, endpoint: new Endpoint(one, index, all) }));
  return {
    onAlert: (alert) => {
      const id = newMessageId();
      for (const { format, endpoint } of receivers) {
        const body = alertBody(alert, format);
        if (body !== undefined) endpoint.send({ id, name: alert.name, body });
      }
    },
    get takenAt() {
      const times = receivers.flatMap(({ endpoint: { takenAt } }) => takenAt ?? []);
      return times.length === 0 ? undefined : Math.max(...times);
    },
    close: async () => {
      await Promise.all(receivers.map(({ endpoint }) => endpoint.close(closePatience)));
    },
  };
};
