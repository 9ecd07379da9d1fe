/** A service that looks at itself: no folder, and one gateway. */
import type { ServiceFacts } from "../../../src/index.ts";

export const serviceAt = (baseUrl: string): ServiceFacts => ({
  ...{ gateways: [{ name: "main", baseUrl }], timeoutMs: 300_000, limitsKeys: false, webhooks: 0, metrics: "" },
  alerts: [],
});
