/** Whether what answered a question that costs nothing is the gateway, and whether it asks for a key. */
import type { GatewayProfile } from "@sluice/models";
import { reachOf } from "../../subject/gateway/reachOf.ts";
import type { Answer, Question } from "../../subject/Network.ts";
import type { Verdict } from "../Check.ts";

/** go-livepeer answers a GET. Studio sends a call without a key back, and only on a path that it has. */
export const questionFor = ({ baseUrl, dialect }: GatewayProfile): Question => {
  const url = `${baseUrl}/text-to-image`;
  if (dialect !== "studio") return { url };
  return { url, method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
};

export const judgeAnswer = ({ status, headers, text }: Answer, profile: GatewayProfile): Verdict => {
  const { baseUrl, dialect } = profile;
  const look = `curl -i ${dialect === "studio" ? "-X POST " : ""}${baseUrl}/text-to-image`;
  const setting = "Set `gateway` in launch.toml, and in the application, to";
  const fail = (said: string, fix: string): Verdict => ({ status: "fail", evidence: `${status} ${said}`, fix });
  const warn = (said: string, fix: string): Verdict => ({ status: "warn", evidence: `${status} ${said}`, fix });
  const pass = (said: string): Verdict => ({ status: "pass", evidence: `${status} ${said}` });
  if (status >= 300 && status < 400) {
    const target = targetOf(headers.get("location"), baseUrl);
    return fail(
      `from ${baseUrl}: it sends callers to ${target ?? "another address"}`,
      `${setting} ${target ?? "where it leads"}`,
    );
  }
  if (status === 429) return warn(`from ${baseUrl}: it allows no more calls just now`, "Look again in a minute");
  if (status >= 500)
    return fail(`from ${baseUrl}: the gateway is not there, or is broken`, `Ask its operator, and look: ${look}`);
  if (status === 410) return fail(`from ${baseUrl}: its pipelines are retired`, `${setting} a gateway that has them`);
  if ((headers.get("content-type") ?? "").includes("text/html") && status < 400) {
    return fail(`with a web page from ${baseUrl}: no gateway, or something stands in front of it`, `Look: ${look}`);
  }
  if (dialect === "studio") {
    if (status === 401) return pass(`from ${baseUrl}: it asks for a key`);
    if (status === 404)
      return fail(`from ${baseUrl}: Studio's gateway is not at this address`, `${setting} its base URL`);
    return warn(`from ${baseUrl}: Studio answers 401 to a call without a key`, `Look: ${look}`);
  }
  if (status === 401 || status === 403) return pass(`from ${baseUrl}: it asks for a key`);
  if (status === 404) return fail(`from ${baseUrl}: no pipeline is at this address`, `${setting} its base URL`);
  if (status !== 405 && (status !== 200 || text !== "")) {
    return warn(`from ${baseUrl}: go-livepeer answers 200 and nothing else to a GET`, `Look: ${look}`);
  }
  if (profile.charges === "nothing") return pass(`from ${baseUrl}: it is free, and takes no key`);
  if (reachOf(baseUrl) !== "internet") return pass(`from ${baseUrl}, which is not on the internet: it asks for no key`);
  return warn(
    `from ${baseUrl} without a key, over the internet: anybody may spend`,
    "Put a proxy that asks for a key in front of the gateway, or let a network of its own alone reach it",
  );
};

/** Where it leads, up to the pipeline's name, without what may be a secret. */
const targetOf = (location: string | null, baseUrl: string): string | undefined => {
  if (location === null || !URL.canParse(location, baseUrl)) return undefined;
  const { origin, pathname } = new URL(location, baseUrl);
  return `${origin}${pathname.replace(/\/text-to-image\/?$/, "")}`;
};
