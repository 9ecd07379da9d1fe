/** Pages about connections that failed: before the request was sent, and after. */
import type { ConnectionReason } from "../failures/ConnectionFailed.ts";
import type { BreakSeen, Entry } from "./Entry.ts";
import { answer, broken, types } from "./examples.ts";
import { page, rfc9110 } from "./sources.ts";

const unsent = (reason: ConnectionReason, from: string): BreakSeen =>
  broken("go-livepeer", from, { kind: "unsent", reason });

const connection: Entry = {
  code: "SLUICE-502-CONNECTION",
  title: "The gateway could not be reached",
  happened:
    "The request did not reach the gateway, or not whole: nothing has run. `reason` says how it failed, and `url` where.",
  you: [
    "`refused`, `unreachable`: check that the gateway runs, and the host and port in `SLUICE_GATEWAY_URL`, `SLUICE_GATEWAY` or `-g`.",
    "`dns`: check the host name, from the machine (or the container) that the program runs on.",
    "`timeout`: a firewall, a VPN or a wrong address swallows the connection.",
    "`tls`: see what `curl -v <url>` says of the certificate; check the machine's clock and any proxy that intercepts TLS.",
    "`proxy-auth`: a proxy on the way wants a user and a password. Ask whoever runs it, or go around it.",
    "`incomplete`: the request came too slowly; send a smaller one, or from a better connection.",
  ],
  why: `Most of these are what the machine or the network says. 407 and 408 are answers, yet they too say that the request never arrived (${rfc9110("15.5.9")} and §15.5.8); so do Cloudflare's 525 and 526, when it cannot trust the gateway's certificate.`,
  sluice:
    "Nothing was sent, so a repeat costs nothing: it tries again quickly and a few times, which is enough for a gateway that restarts, and no more, because a wrong address does not heal. What a repeat cannot change, it does not repeat: a certificate, a proxy's password.",
  examples: [
    unsent("refused", "a machine on which nothing listens at the port"),
    unsent("dns", "a resolver that does not know the host name"),
    unsent("timeout", "a network on which no connection comes about in time"),
    unsent("unreachable", "a connection that breaks before the request is sent"),
    unsent("tls", "a certificate that is not acceptable"),
    answer("go-livepeer", "a proxy on the way, which wants a password", [
      "407 Proxy Authentication Required",
      types.text,
      "Proxy authentication required\n",
      { "Proxy-Authenticate": 'Basic realm="proxy"' },
    ]),
    answer("go-livepeer", "a server that waited for the rest of the request in vain", [
      "408 Request Timeout",
      "",
      "",
      { Connection: "close" },
    ]),
    answer("studio", "Cloudflare, for a certificate that it does not trust", [
      "526 Invalid SSL Certificate",
      types.text,
      "error code: 526",
      { Server: "cloudflare" },
    ]),
  ],
};

const outcomeUnknown: Entry = {
  code: "SLUICE-502-OUTCOME-UNKNOWN",
  title: "The connection broke after the request was sent",
  happened:
    "The request was sent, and the connection broke before the whole answer had come. Whether the work was done, and billed, is unknown.",
  you: [
    "Call again only if a second charge is acceptable.",
    "If it always is, say so once, as shown below: then Sluice repeats such calls itself.",
    "If it happens after the same number of seconds each time, a proxy or load balancer closes connections that are silent for so long. Let it wait longer than the call's deadline (300 s by default).",
  ],
  why: `A gateway restarts, a load balancer closes a silent connection while the model works, a network path changes. HTTP offers no way to ask afterwards: a POST is not idempotent (${rfc9110("9.2.2")}), and the gateways know no idempotency key.`,
  sluice: `It does not repeat the call on its own, because both runs may be billed. From a go-livepeer gateway, a connection that closes before the first byte of an answer has a known meaning instead: ${page("SLUICE-503-CLOSED")}.`,
  settings: [{ options: { repeatIsSafe: true }, when: "when a second run does no harm" }],
  examples: [
    broken("studio", "Studio, whose connection closed before an answer began", { kind: "closed" }),
    broken("go-livepeer", "a go-livepeer gateway, whose answer broke off", {
      kind: "cut",
      status: 200,
      headers: { "content-type": types.go },
      body: new TextEncoder().encode('{"images":[{"nsfw":false,"se'),
    }),
  ],
};

export const connections: ReadonlyArray<Entry> = [connection, outcomeUnknown];
