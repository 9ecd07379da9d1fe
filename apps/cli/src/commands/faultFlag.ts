/**
 * `--fault unavailable:10%`, `--fault stream-truncated:4tokens`: what goes wrong, how often, and how. Repeatable. What is
 * written is read by the emulator, which is loaded later.
 */
import * as Flag from "effect/cli/Flag";

/** As the emulator has them; a test compares. */
export const faultNames = [
  "unavailable",
  "internal",
  "bad-request",
  "masked",
  "no-result",
  "closed",
  "null",
  "no-images",
  "unauthorized",
  "invalid",
  "rate-limited",
  "retired",
  "retired-text",
  "bad-gateway",
  "gateway-timeout",
  "web-page",
  "empty",
  "truncated",
  "oversized",
  "silent",
  "slow-body",
  "slow-first-byte",
  "slow-first-token",
  "slow-tokens",
  "stream-truncated",
  "stream-reset",
  "stream-error",
  "stream-empty-chunk",
  "origin-timeout",
  "wrong-type",
  "slow-headers",
  "moved",
  "redirect",
  "rate-limited-until",
  "reset-unread",
  "reset",
  "reset-body",
] as const;

export const faultFlag = Flag.String("fault").pipe(
  Flag.withMetavar("kind[:10%|:x2|:5s|:4tokens|:10MB|:retry-after=17|:in-front]..."),
  Flag.withDescription(`What goes wrong, how often, and how; repeatable. One of ${faultNames.join(", ")}`),
  Flag.atLeast(0),
  Flag.withDefault([]),
);
