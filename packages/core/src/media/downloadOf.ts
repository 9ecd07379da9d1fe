/** Which gateway a result's file is fetched from, and with which key. */
import { InvalidRequest } from "@sluice/errors";
import type { Engine } from "../Engine.ts";
import type { Download } from "./Download.ts";
import { mediaUrl } from "./mediaUrl.ts";

export const downloadOf = (
  { transport, routes, observers }: Engine,
  media: { readonly url: string },
): Download | InvalidRequest => {
  const { origin } = URL.canParse(media.url) ? new URL(media.url) : { origin: "" };
  // A key belongs to the gateway that made the file.
  const { target, bucket } = routes.find((route) => route.target.origin === origin) ?? routes[0];
  const url = mediaUrl(target.profile.baseUrl, media.url);
  if (url !== undefined) return { transport, target, url, bucket, observers };
  const fields = [{ path: "url", message: `"${media.url.slice(0, 80)}" is not an http(s) URL` }];
  return new InvalidRequest({ gateway: target.profile.name, pipeline: "download", status: null, fields });
};
