/** What a service that runs knows of itself. */
export interface ServiceFacts {
  /** Base URLs and names of the gateways that it calls, in order. */
  readonly gateways: ReadonlyArray<{ readonly name: string; readonly baseUrl: string }>;
  readonly timeoutMs: number;
  readonly maxRetries?: number;
  /** The most that one call may cost, in USD as a decimal; absent: any amount. */
  readonly maxCostUsd?: string;
  /** Whether callers' keys are limited in what they may spend or use. */
  readonly limitsKeys: boolean;
  /** How many webhooks are told of alerts. */
  readonly webhooks: number;
  /** Unix milliseconds: when a webhook last took one. */
  readonly deliveredAt?: number;
  /** Prometheus's text, as its `/metrics` gives it. */
  readonly metrics: string;
  /** The names of the alerts that it watches. */
  readonly alerts: ReadonlyArray<string>;
}
