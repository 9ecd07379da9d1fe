/** G1: production calls a gateway for production. */
import * as Effect from "effect/Effect";
import { type GatewaySaying, isResolved } from "../../subject/gateway/GatewaySaying.ts";
import { gatewaySayings } from "../../subject/productionGateway.ts";
import { type Check, type Place, usualAttestedDays, type Verdict } from "../Check.ts";
import { type Fault, faultOf } from "./faultOf.ts";
import { nobodySays } from "./nobodySays.ts";

export const productionConfigured: Check = {
  id: "G1",
  group: "gateway",
  title: "production calls a production gateway",
  asks: "Production gateway URL configured: livepeer.studio/api/beta/generate, or a gateway of your own; never the free development gateway.",
  verified:
    "The first that says so counts: launch.toml, the service, the environment, production's .env files, files of deployments (Docker, Kubernetes, Helm, Terraform, Fly, Vercel and others, workflows that deploy), source code. It is compared with the gateways that Sluice knows; the others must not contradict it.",
  cannot: "Which gateway a deployed application uses is set where it runs.",
  attestedDays: usualAttestedDays,
  judge: (subject) => Effect.map(gatewaySayings(subject), judge),
};

interface Judged {
  readonly saying: GatewaySaying;
  readonly fault: Fault | undefined;
}

const judge = (sayings: ReadonlyArray<GatewaySaying>): Verdict => {
  const judged = sayings.map((saying) => ({ saying, fault: faultOf(saying) }));
  const [first] = judged;
  if (first === undefined) return { ...nobodySays, evidence: "nothing here says which gateway production calls" };
  const wrong = judged.filter(isWrong);
  const [worst] = wrong;
  if (worst === undefined) return { status: "pass", evidence: shown(first.saying), ...placesOf([first]) };
  const deciding = wrong.filter(({ saying }) => decides(saying, judged));
  const [decisive] = deciding;
  if (decisive !== undefined) {
    return {
      status: "fail",
      evidence: told(decisive),
      fix: decisive.fault.fix,
      ...detailsOf(wrong),
      ...placesOf(wrong),
    };
  }
  const good = judged.find(({ fault }) => fault === undefined) ?? first;
  return {
    status: "warn",
    evidence: `${shown(good.saying)}; but ${told(worst)}`,
    fix:
      worst.saying.source === "code"
        ? `Take the gateway of ${worst.saying.from} from the environment`
        : worst.fault.fix,
    ...detailsOf(wrong),
    ...placesOf(wrong),
  };
};

/**
 * A deployment may consist of several files, and each counts. Of a service's gateways the first is called first, and code may
 * name one gateway for development beside another.
 */
const decides = ({ source }: GatewaySaying, all: ReadonlyArray<Judged>): boolean => {
  const [first] = all;
  if (first?.saying.source !== source) return false;
  if (source === "code") return all.every(({ fault }) => fault !== undefined);
  return source === "service" ? first.fault !== undefined : true;
};

const isWrong = (judged: Judged): judged is { readonly saying: GatewaySaying; readonly fault: Fault } =>
  judged.fault !== undefined;

const told = ({ saying, fault }: { readonly saying: GatewaySaying; readonly fault: Fault }): string =>
  `${saying.from}: ${fault.message}`;

const shown = (saying: GatewaySaying): string => {
  if (!isResolved(saying)) return saying.from;
  const { name, baseUrl } = saying.profile;
  return `${name === baseUrl ? baseUrl : `${name}, ${baseUrl}`} (${saying.from})`;
};

/** Of what no file says; the others are places. */
const detailsOf = (wrong: ReadonlyArray<{ readonly saying: GatewaySaying; readonly fault: Fault }>) => {
  const details = wrong.filter(({ saying }) => saying.place === undefined).map(told);
  return wrong.length < 2 || details.length === 0 ? {} : { details };
};

const placesOf = (judged: ReadonlyArray<Judged>): { readonly places?: ReadonlyArray<Place> } => {
  const places = judged.flatMap(({ saying: { place }, fault }) =>
    place === undefined ? [] : [fault === undefined ? place : { ...place, message: fault.message }],
  );
  return places.length === 0 ? {} : { places };
};
