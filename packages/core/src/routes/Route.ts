/** A gateway of a client with what all its calls there share: retries, places, and how the client stands with its models. */
import { RetryBucket } from "@sluice/errors";
import type { RouteChoice, Settled } from "../settings/readSettings.ts";
import type { Target } from "../Target.ts";
import { Pacer } from "./Pacer.ts";
import { Standings } from "./Standing.ts";
import { Turns } from "./Turns.ts";

export interface Route {
  readonly target: Target;
  readonly models: RouteChoice["models"];
  readonly bucket: RetryBucket.RetryBucket;
  readonly standings: Standings;
}

/** Routes to one gateway with one key share everything but their models. */
export const routesOf = ({ routes, concurrency, pace, traceHosts }: Settled): ReadonlyArray<Route> => {
  const shared = new Map<string, Omit<Route, "models">>();
  return routes.map(({ target, models }) => {
    const key = [target.profile.baseUrl, ...target.secrets].join(" ");
    const known = shared.get(key);
    if (known !== undefined) return { ...known, target, models };
    const { rateLimit } = target.profile;
    const standings = new Standings({
      pacer: pace && rateLimit !== undefined ? new Pacer(rateLimit) : undefined,
      turns: concurrency === undefined ? undefined : new Turns(concurrency),
      traced: isTraced(traceHosts, new URL(target.origin)),
    });
    const own = { target, bucket: RetryBucket.make(), standings };
    shared.set(key, own);
    return { ...own, models };
  });
};

/** A host without a port is meant at every port; with one, at that one, also where it is the scheme's own. */
const isTraced = (hosts: ReadonlySet<string>, { protocol, hostname, port }: URL): boolean => {
  const own = protocol === "https:" ? "443" : "80";
  return hosts.has(hostname) || hosts.has(`${hostname}:${port === "" ? own : port}`);
};
