/** The gateway of a soak, in a process of its own: run by `fork`, it sends its origin. Now and then something goes wrong. */
import { startEmulator } from "@sluice/emulator";

const emulator = await startEmulator({
  latencyMs: { p50: 20, p95: 80, p99: 300 },
  firstTokenMs: 20,
  tokenMs: 3,
  faults: [
    { kind: "unavailable", rate: 0.02 },
    { kind: "closed", rate: 0.01 },
    { kind: "rate-limited", rate: 0.01, retryAfter: "1" },
    { kind: "truncated", rate: 0.01 },
    { kind: "reset-body", rate: 0.01 },
    { kind: "internal", rate: 0.005 },
    { kind: "slow-body", rate: 0.01, ms: 30 },
    { kind: "slow-tokens", rate: 0.02, ms: 30 },
    { kind: "stream-truncated", rate: 0.03 },
    { kind: "stream-reset", rate: 0.02 },
    { kind: "stream-error", rate: 0.01 },
  ],
});
process.send?.(emulator.url);
process.on("disconnect", () => process.exit());
