import { failure } from "../Failure.ts";

/**
 * Why the key may not:
 * - `cors-key`: a CORS-enabled key with Studio's default rules, which exclude generate;
 * - `cors-origin`: a CORS-enabled key used from another origin;
 * - `privileges`: the key's own rules;
 * - `suspended`, `unverified`: the account behind it;
 * - `proxy`: a web page was answered, as firewalls and bot checks do;
 * - `other`: in the gateway's words, which are in `detail`.
 */
export type ForbiddenReason =
  "cors-key" | "cors-origin" | "privileges" | "suspended" | "unverified" | "proxy" | "other";

const causes: Record<Exclude<ForbiddenReason, "other">, string> = {
  "cors-key": "it is a CORS-enabled key with restricted access",
  "cors-origin": "it is a CORS-enabled key, and the request came from an origin it does not allow",
  privileges: "its access rules do not include this pipeline",
  suspended: "its account is suspended",
  unverified: "the e-mail address of its account is not verified",
  proxy: "a proxy or firewall in front of the gateway answered with a web page",
};

const fixes: Record<ForbiddenReason, string> = {
  "cors-key": "Use a backend key on a server. A browser needs a proxy that holds the key, such as Sluice's API.",
  "cors-origin": "Call from an origin that the key allows, or use a backend key on a server.",
  privileges: "Add generate to the key's access rules, or use a key without rules.",
  suspended: "Ask the gateway's operator why the account is suspended; no other key of it will work either.",
  unverified: "Follow the link in the verification e-mail of the account, then call again.",
  proxy: "Ask whoever runs the proxy to let API calls through; check that the base URL is the gateway's own.",
  other: "Use a backend key that may call generate. CORS-enabled keys with restricted access cannot.",
};

/** 403: the key is known, but it may not do this. */
export class Forbidden extends failure("Forbidden")<{
  readonly reason?: ForbiddenReason;
  readonly detail?: string;
}>({
  code: "SLUICE-403-FORBIDDEN",
  message: ({ gateway, pipeline, reason = "other", detail }) => {
    const cause = reason === "other" ? detail : causes[reason];
    return `The API key may not use ${pipeline} on ${gateway}${cause === undefined ? "" : `: ${cause}`}.`;
  },
  fix: ({ reason = "other" }) => fixes[reason],
  retryable: false,
  mayHaveRun: false,
}) {}
