/**
 * What a key is, from what its gateway answers to requests that nobody can answer with an image: without a key, with it, and
 * with it as a web page would ask. Studio lets no page use a backend key, and a CORS key only pages that it names.
 */
import { forbiddenReason, type ForbiddenReason } from "@sluice/errors";
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import type { Answer, Network } from "../../subject/Network.ts";
import type { KnownKey } from "../../subject/Subject.ts";

export type KeyKind = NonNullable<KnownKey["kind"]>;

export type KeyAnswer =
  /** `isCertain`: no other kind could have been answered so. */
  | { readonly tells: "kind"; readonly kind: KeyKind; readonly isCertain: boolean }
  /** The gateway lets it do nothing. `said`: why. */
  | { readonly tells: "refused"; readonly said: string }
  /** The gateway does not ask for keys. */
  | { readonly tells: "unasked" }
  | { readonly tells: "nothing"; readonly said: string };

/** One that no key names, except one that names all. */
const nowhere = "https://sluice.invalid";

/** Three requests at most; the key goes to `gateway` alone, and not at all where it is not asked for. */
export const askAbout = (network: Network, gateway: GatewayProfile, key: Redacted.Redacted): Effect.Effect<KeyAnswer> =>
  Effect.gen(function* () {
    const without = yield* askEmpty(network, gateway, {});
    if (isAboutRequest(without)) return { tells: "unasked" } as const;
    const bearer = { Authorization: `Bearer ${Redacted.value(key)}` };
    const withKey = yield* askEmpty(network, gateway, bearer);
    if (withKey.status === 401) return { tells: "refused", said: "the gateway does not know it (401)" } as const;
    if (withKey.status === 403) return ofForbidden[reasonIn(withKey)];
    if (!isAboutRequest(withKey)) return nothing(withKey);
    const isStudio = gateway.dialect === "studio" || without.text.includes("request is not authenticated");
    // Others know no keys for browsers.
    if (!isStudio) return { tells: "kind", kind: "backend", isCertain: true } as const;
    const asPage = yield* askEmpty(network, gateway, { ...bearer, Origin: nowhere });
    if (isAboutRequest(asPage)) return { tells: "kind", kind: "cors", isCertain: true } as const;
    // A CORS key refuses the pages that it does not name in the same words.
    const isOfOrigin = asPage.status === 403 && reasonIn(asPage) === "cors-origin";
    return isOfOrigin ? ({ tells: "kind", kind: "backend", isCertain: false } as const) : nothing(asPage);
  }).pipe(Effect.catchTag("NoAnswer", ({ message }) => Effect.succeed({ tells: "nothing", said: message } as const)));

const askEmpty = (
  network: Network,
  { baseUrl, pipelines }: GatewayProfile,
  headers: Readonly<Record<string, string>>,
): ReturnType<Network["ask"]> => {
  const pipeline = pipelines.includes("text-to-image") ? "text-to-image" : (pipelines[0] ?? "text-to-image");
  const sent = { "Content-Type": "application/json", ...headers };
  // Not even `{}`: go-livepeer hangs up on a request without a model, and calls no body at all a mistake.
  return network.ask({ url: `${baseUrl}/${pipeline}`, method: "POST", headers: sent, body: "" });
};

/** The gateway looks at the key first. */
const isAboutRequest = ({ status }: Answer): boolean => status === 400 || status === 422;

/** Nothing of the body goes further: it may repeat the key. */
const reasonIn = ({ status, headers, text }: Answer): ForbiddenReason =>
  forbiddenReason({ status, headers: Object.fromEntries(headers), body: new TextEncoder().encode(text) }) ?? "other";

const mayNot = { tells: "refused", said: "the gateway does not let it generate (403)" } as const;

const ofForbidden: Readonly<Record<ForbiddenReason, KeyAnswer>> = {
  "cors-key": { tells: "kind", kind: "cors-restricted", isCertain: true },
  privileges: { tells: "kind", kind: "limited", isCertain: true },
  suspended: { tells: "refused", said: "its account is suspended (403)" },
  unverified: { tells: "refused", said: "its account's email address is not verified (403)" },
  proxy: { tells: "nothing", said: "a proxy or firewall in front of it answered 403 with a web page" },
  "cors-origin": mayNot,
  other: mayNot,
};

const nothing = ({ status }: Answer): KeyAnswer => ({
  tells: "nothing",
  said: `it answered ${status}, which tells nothing of a key`,
});
