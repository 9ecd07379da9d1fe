/** E5: a call may take as long as a cold model does, and nothing in the way gives up sooner. */
import * as Effect from "effect/Effect";
import { settingsFile } from "../../settings/LaunchSettings.ts";
import type { Subject } from "../../subject/Subject.ts";
import { type Check, type Place, usualAttestedDays, type Verdict } from "../Check.ts";
import { whereOf } from "../whereOf.ts";
import { type Patience, patienceOf } from "./patience.ts";
import { neededSeconds, type ProxyLimit } from "./proxies/ProxyFormat.ts";
import { proxyLimits } from "./proxies/proxyLimits.ts";

export const timeout: Check = {
  id: "E5",
  group: "error handling",
  title: "a call may take 300 s, and no proxy undercuts it",
  asks: "Global timeout set on all requests: 300 seconds, for a cold model's sake.",
  verified:
    "How long the application waits: launch.toml, or the drill's silence. How long what stands in the way waits: launch.toml's proxies, and files of nginx, Apache, HAProxy, Caddy, Traefik, Kubernetes, AWS, Cloud Run, Vercel, Netlify, serverless, Heroku, Fly and gunicorn.",
  cannot: "Proxies, load balancers and CDNs that are configured outside the repository.",
  attestedDays: usualAttestedDays,
  judge: (subject) => {
    const { folder, service } = subject;
    const found = folder === undefined ? Effect.succeed([]) : proxyLimits(folder);
    return Effect.map(found, (limits) =>
      judge(patienceOf(subject), [...declared(subject), ...limits], service !== undefined),
    );
  },
};

const sayOrAttest = `Add each to ${settingsFile}: [[proxies]] with name and timeout_seconds; or attest`;

const declared = ({ settings: { proxies } }: Subject): ReadonlyArray<ProxyLimit> =>
  proxies.map(({ name, timeout_seconds: seconds }) => ({
    proxy: name,
    seconds,
    says: `timeout_seconds = ${seconds}`,
    place: { file: settingsFile },
    fix: `Give ${name} ${neededSeconds} s where it is configured, then in ${settingsFile}`,
    kind: "proxy",
  }));

const judge = (patience: Patience, limits: ReadonlyArray<ProxyLimit>, isService: boolean): Verdict => {
  const low = limits.filter(({ seconds }) => seconds < neededSeconds);
  // Of several functions, the one that has the time may be the one that calls the gateway.
  const hasPatientFunction = limits.some(({ kind, seconds }) => kind === "function" && seconds >= neededSeconds);
  const isDoubtful = ({ kind }: ProxyLimit): boolean =>
    kind === "perhaps" || (kind === "function" && hasPatientFunction);
  const certain = low.filter((limit) => !isDoubtful(limit));
  const [doubtful] = low.filter(isDoubtful);
  const shown = {
    ...(limits.length < 2 ? {} : { details: limits.map(told) }),
    ...(low.length === 0 ? {} : { places: low.map(placeOf) }),
    ...(patience.expiresAt === undefined ? {} : { expiresAt: patience.expiresAt }),
  };
  const [lowest] = certain.toSorted((one, other) => one.seconds - other.seconds);
  if (patience.enough === "no") {
    const evidence = lowest === undefined ? patience.said : `${patience.said}; ${told(lowest)}`;
    return { status: "fail", evidence, fix: patience.fix, ...shown };
  }
  if (lowest !== undefined) return { status: "fail", evidence: told(lowest), fix: fixOf(lowest), ...shown };
  if (patience.enough === "unknown") {
    const why = "how long a program waits is seen only when nothing answers it for so long";
    return { status: "manual", evidence: patience.said, why, fix: patience.fix, ...shown };
  }
  if (limits.length === 0) {
    return {
      status: "manual",
      evidence: `${patience.said}; nothing says what stands in the way`,
      why: "proxies, load balancers and CDNs are configured outside the repository",
      fix: `${isService ? "Attest" : sayOrAttest} that none is shorter: sluice launch attest E5 --by you --evidence "…"`,
      ...shown,
    };
  }
  if (doubtful !== undefined) {
    return { status: "warn", evidence: `${patience.said}; ${told(doubtful)}`, fix: fixOf(doubtful), ...shown };
  }
  const [first] = limits.toSorted((one, other) => one.seconds - other.seconds);
  return { status: "pass", evidence: `${patience.said}; ${first === undefined ? "" : told(first)}`, ...shown };
};

const told = ({ proxy, says, place }: ProxyLimit): string => `${proxy}: ${says} (${whereOf(place)})`;

const placeOf = ({ place, proxy, says }: ProxyLimit): Place => ({ ...place, message: `${proxy}: ${says}` });

const fixOf = ({ fix, place }: ProxyLimit): string => (place.file === settingsFile ? fix : `${whereOf(place)}: ${fix}`);
