/** A certificate: whether it is trusted, and for how long. */
import { type Found, ok, problem, warning } from "../Check.ts";
import type { Secured } from "./connect.ts";

const dayMs = 86_400_000;
const soon = 14;

interface Where {
  readonly host: string;
  /** It is one that Sluice knows, whose certificate is in order: a wrong one was made on the way. */
  readonly isKnown: boolean;
  /** Unix milliseconds. */
  readonly now: number;
}

export const judgeTls = (
  { protocol, issuer, validTo, distrust, names }: Secured,
  { host, isKnown, now }: Where,
): Found => {
  const shown = `${protocol}, issued by ${issuer}`;
  if (distrust === "CERT_HAS_EXPIRED" || validTo < now) {
    return problem(
      `${shown}: the certificate expired on ${dayOf(validTo)}`,
      isKnown ? "date -u   # is it today?" : "certbot renew   # on the gateway",
    );
  }
  if (distrust === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return problem(
      `${shown}: the certificate is not for ${host} but for ${names || "nothing"}`,
      "sluice config set gateway_url https://<a name that it is for>",
    );
  }
  if (distrust !== undefined) {
    const hint = isKnown ? "; a proxy or a virus scanner opens what you send" : "";
    return problem(
      `${shown}: the certificate is not trusted (${distrust})${hint}`,
      "export NODE_EXTRA_CA_CERTS=/path/to/the/issuer.pem   # the certificate of who issued it",
    );
  }
  if (protocol !== "TLSv1.3" && protocol !== "TLSv1.2")
    return warning(`${shown}: an old protocol`, `openssl s_client -connect ${host}:443`);
  const days = Math.floor((validTo - now) / dayMs);
  const detail = `${shown}, valid for ${days} ${days === 1 ? "day" : "days"}`;
  return days < soon && !isKnown ? warning(detail, "certbot renew   # on the gateway") : ok(detail);
};

const dayOf = (time: number): string =>
  Number.isNaN(time) ? "an unknown day" : new Date(time).toISOString().slice(0, 10);
