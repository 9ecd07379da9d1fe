/** The faults of the network and of what stands between a client and its gateway. `proxied.ts` says what each one does. */

export const proxyFaultKinds = [
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

export type ProxyFaultKind = (typeof proxyFaultKinds)[number];

export const isProxyFault = (kind: string): kind is ProxyFaultKind =>
  (proxyFaultKinds as ReadonlyArray<string>).includes(kind);
