/** What can go wrong instead of an answer, or with it: the kinds, what each may be told, and how a text names one. */
import { proxyFaultKinds } from "./proxy/ProxyFault.ts";

/** `replacingFaults.ts`, `streamFaults.ts` and `proxy/proxied.ts` say what each one sends. */
export const faultKinds = [
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
  ...proxyFaultKinds,
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** How many requests it hits; every one by default. */
  readonly times?: number;
  /** The share of requests that it hits, 0 to 1, drawn by the emulator's seed; 1 by default. */
  readonly rate?: number;
  /** From when until when it hits, in milliseconds since the emulator's start; always by default. */
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** With Studio: whether it hits what a client is answered, and not what Studio is. Default: false. */
  readonly inFront?: boolean;
  /** `Retry-After` on `rate-limited` and `unavailable`; of `rate-limited-until`, the seconds until then. */
  readonly retryAfter?: string;
  /**
   * In milliseconds: how long the answer takes; of a slow one, how long each wait is, 1,000 by default and 30,000 before
   * a first byte or token.
   */
  readonly ms?: number;
  /** How many tokens come before a stream breaks. Default: 3. */
  readonly tokens?: number;
  /** How long an `oversized` answer is. Default: 1 GiB. */
  readonly bytes?: number;
}

/** The names of a go-livepeer gateway's failures in the catalogue that the emulator is built from. */
const numbered: Readonly<Record<string, Fault>> = {
  G6: { kind: "stream-truncated" },
  G8: { kind: "bad-request" },
  G9: { kind: "internal" },
  G10: { kind: "unavailable" },
  G11: { kind: "closed" },
  G12: { kind: "no-result" },
  G17: { kind: "retired" },
  G18: { kind: "unavailable", ms: 2_000 },
};

const milliseconds = { ms: 1, s: 1_000, m: 60_000 };
const bytes = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/**
 * A fault as a text: its kind or its number, then what it is told, each behind a colon. `rate-limited:x2:retry-after=17`,
 * `unavailable:10%:2s`, `closed:from=10m:until=20m`, `bad-gateway:in-front`, `stream-truncated:4tokens`, `oversized:10GB`, `G9:x1`. Throws with a sentence when it is none.
 */
export const parseFault = (text: string): Fault => {
  const [name = "", ...amounts] = text.split(":");
  const kind = faultKinds.find((known) => known === name);
  const fault = kind === undefined ? (Object.hasOwn(numbered, name) ? numbered[name] : undefined) : { kind };
  if (fault === undefined) {
    const names = [...faultKinds, ...Object.keys(numbered)].join(", ");
    throw new Error(`"${name}" is not a fault; choose one of ${names}`);
  }
  return amounts.reduce<Fault>((told, amount) => ({ ...told, ...read(amount) }), fault);
};

const read = (amount: string): Partial<Fault> => {
  if (amount === "in-front") return { inFront: true };
  const [, times] = /^x(\d+)$/.exec(amount) ?? [];
  if (times !== undefined) return { times: Number(times) };
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(amount) ?? [];
  if (percent !== undefined && Number(percent) <= 100) return { rate: Number(percent) / 100 };
  const [, end, moment, of] = /^(from|until)=(\d+(?:\.\d+)?)(ms|s|m)$/.exec(amount) ?? [];
  if (of !== undefined) return { [`${end}Ms`]: Number(moment) * milliseconds[of as keyof typeof milliseconds] };
  const [, time, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(amount) ?? [];
  if (unit !== undefined) return { ms: Number(time) * milliseconds[unit as keyof typeof milliseconds] };
  const [, tokens] = /^(\d+)tokens?$/.exec(amount) ?? [];
  if (tokens !== undefined) return { tokens: Number(tokens) };
  const [, size, sizeUnit] = /^(\d+(?:\.\d+)?)(B|kB|MB|GB)$/.exec(amount) ?? [];
  if (sizeUnit !== undefined) return { bytes: Number(size) * bytes[sizeUnit as keyof typeof bytes] };
  const [, retryAfter] = /^retry-after=(.+)$/.exec(amount) ?? [];
  if (retryAfter !== undefined) return { retryAfter };
  throw new Error(
    `"${amount}" is none of a share such as 10%, a number of requests such as x2, a time such as 5s, from=10m, until=20m, 4tokens, a length such as 10MB, retry-after=17 and in-front`,
  );
};
