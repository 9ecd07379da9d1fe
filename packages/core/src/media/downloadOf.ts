/** Where a result's file is fetched from, and with which key. */
import { type FieldError, InvalidRequest } from "@sluice/errors";
import type { Engine } from "../Engine.ts";
import { plainHeaders, type Target } from "../Target.ts";
import type { Foreign } from "../transport/Transport.ts";
import type { Download } from "./Download.ts";
import { mediaUrl } from "./mediaUrl.ts";

export const downloadOf = (
  { transport, routes, observers }: Pick<Engine, "transport" | "routes" | "observers">,
  media: { readonly url: string },
): Download | InvalidRequest => {
  const [first] = routes;
  // From JavaScript anything may come.
  const given: unknown = (media as { readonly url?: unknown } | null | undefined)?.url;
  if (typeof given !== "string") {
    const fix = "Give a result's image, video or audio, or { url } with its address.";
    return refusalOf(first.target, { message: "is missing", fix });
  }
  const url = mediaUrl(first.target.profile.baseUrl, given);
  if (url === undefined) return refusalOf(first.target, { message: `${quoted(given)} is not an http(s) URL` });
  const { origin, pathname } = new URL(url);
  const there = routes.filter(({ target }) => target.origin === origin);
  const [own] = there
    .filter(({ target: { basePath } }) => `${pathname}/`.startsWith(`${basePath}/`))
    .toSorted((one, other) => other.target.basePath.length - one.target.basePath.length);
  const { target, bucket } = own ?? there[0] ?? first;
  const isKeyed = own !== undefined || (pathname.startsWith("/stream/") && haveOneKey(there.map((one) => one.target)));
  const headers = isKeyed ? target.mediaHeaders : plainHeaders;
  const gateways = routes.map((route) => new URL(route.target.origin).hostname);
  const foreign = there.length === 0 ? { foreign: foreignTo(gateways, first.target, url) } : {};
  return { transport, target, headers, url, bucket, observers, ...foreign };
};

/** go-livepeer's files are at `/stream/`, whatever the path of the base URL: with two keys, nobody knows whose they are. */
const haveOneKey = (targets: ReadonlyArray<Target>): boolean =>
  new Set(targets.map(({ mediaHeaders }) => mediaHeaders["authorization"])).size === 1;

const foreignTo = (gateways: ReadonlyArray<string>, target: Target, url: string): Foreign => ({
  gateways,
  refusal: (address) =>
    refusalOf(target, {
      message: `${quoted(url)} leads to ${address}, an address inside a network, where no gateway of this client is`,
      fix: "Fetch it yourself, if you trust the gateway to name such addresses.",
    }),
});

const refusalOf = ({ profile }: Target, mistake: Omit<FieldError, "path">): InvalidRequest =>
  new InvalidRequest({
    ...{ gateway: profile.name, pipeline: "download", status: null },
    fields: [{ path: "url", ...mistake }],
  });

const quoted = (url: string): string => `"${url.slice(0, 80)}"`;
