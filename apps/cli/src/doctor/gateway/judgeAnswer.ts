/** Whether what answered a question that costs nothing is a gateway, and the one that it was taken for. */
import type { GatewayProfile } from "@sluice/models";
import { type Found, ok, warning, problem } from "../Check.ts";
import type { Answer } from "./visit.ts";

export const judgeAnswer = (
  { status, body, type, location }: Pick<Answer, "status" | "body" | "type" | "location">,
  { dialect, baseUrl, status: support }: Pick<GatewayProfile, "dialect" | "baseUrl" | "status">,
): Found => {
  const elsewhere = "sluice config set gateway_url <its address>   # or SLUICE_GATEWAY_URL";
  if (status >= 300 && status < 400) {
    return problem(
      `${status}: it sends callers to ${location ?? "another address"}`,
      `sluice config set gateway_url ${originOf(location)}`,
    );
  }
  if (status === 429) return warning("429: it allows no more calls just now", "sleep 60; sluice doctor");
  if (status >= 500)
    return problem(
      `${status}: a gateway is not there, or is broken`,
      "sluice doctor -g livepeer-cloud   # another one",
    );
  if (status === 410) return problem("410: its pipelines are retired", "sluice config set gateway <another>");
  if (type.includes("text/html") && status < 400) {
    return problem(
      `${status} with a web page: this is no gateway, or something stands in front of it`,
      `curl -i ${baseUrl}/text-to-image`,
    );
  }
  if (dialect === "studio") {
    if (status === 401) return ok(withStatus("401: it asks for a key, as it should", support));
    if (status === 404) return problem("404: Studio's generate API is not at this address", elsewhere);
    return warning(`${status}: Studio answers 401 to a call without a key`, `curl -i -X POST ${baseUrl}/text-to-image`);
  }
  if (status === 200 && body === "") return ok("200 and nothing else, as go-livepeer answers a GET");
  if (status === 401 || status === 403) return ok(`${status}: a proxy in front of it asks for a key`);
  if (status === 405) return ok("405: it takes calls, and no GET");
  if (status === 404 && body.includes('"errors"')) {
    return problem(
      "404 as Studio says it: name the gateway, so that it is spoken to as such",
      `sluice config set gateway livepeer-studio && sluice config set gateway_url ${baseUrl}`,
    );
  }
  if (status === 404) return problem("404: no pipeline is at this address", elsewhere);
  return warning(`${status}: go-livepeer answers 200 and nothing else to a GET`, `curl -i ${baseUrl}/text-to-image`);
};

const withStatus = (detail: string, support: GatewayProfile["status"]): string =>
  support === "supported" ? detail : `${detail} (${support})`;

/** Where it leads, up to the pipeline's name. */
const originOf = (location: string | undefined): string =>
  location !== undefined && URL.canParse(location) ? location.replace(/\/text-to-image\/?$/, "") : "<its address>";
