/** What is left when the service ends is sent signal by signal: one that cannot be sent holds nothing else back. */
import { assert, it } from "vitest";
import { openOtlp } from "../src/otlp.ts";
import { readOtlp } from "../src/otlpEnvironment.ts";
import { startCollector } from "./collector.ts";

const call = { requestId: "req_1", at: Date.UTC(2026, 10, 23), gateway: "livepeer-studio", pipeline: "llm" };
const end = { outcome: "ok", ms: 900, attempts: 1, statuses: [200], coldStart: false, waitedMs: 0 };

it.each([
  ["METRICS", "TRACES", "silent"],
  ["TRACES", "METRICS", "silent"],
  ["METRICS", "TRACES", 400],
  ["TRACES", "METRICS", 400],
] as const)("%s that cannot be sent do not keep %s from it: their collector is %s", async (lost, sent, status) => {
  await using unwilling = await startCollector(status);
  await using collector = await startCollector();
  const settings = readOtlp({
    [`OTEL_EXPORTER_OTLP_${lost}_ENDPOINT`]: unwilling.url,
    [`OTEL_EXPORTER_OTLP_${sent}_ENDPOINT`]: collector.url,
    OTEL_EXPORTER_OTLP_TIMEOUT: "300",
  });
  assert.isDefined(settings);
  const otlp = await openOtlp(settings, { warn: () => undefined });
  otlp?.onEvent({ ...call, type: "call-started", timeoutMs: 1_000 });
  otlp?.onEvent({ ...call, ...end, type: "call-ended" });
  await otlp?.close();
  assert.lengthOf(collector.deliveries, 1);
  assert.include(String(collector.deliveries[0]?.body), "sluice-api");
  assert.lengthOf(unwilling.deliveries, 1);
});
