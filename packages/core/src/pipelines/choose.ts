/** Which of the routes takes a request: what is warm comes first, and what cannot take it is passed over. */
import { type FieldError, type GatewayError, InvalidRequest, isGatewayError } from "@sluice/errors";
import { defaultModel, nearest, type PipelineName, pipelineNames, pipelines } from "@sluice/models";
import type * as Clock from "effect/Clock";
import type { Leg } from "../call/CallPlan.ts";
import type { Engine } from "../Engine.ts";
import type { Route } from "../routes/Route.ts";
import { type Ask, makeLeg, modelIn } from "./makeLeg.ts";
import type { Results } from "./Results.ts";

export interface Choice<Name extends PipelineName> {
  readonly leg: Leg<Results[Name]>;
  readonly bucket: Route["bucket"];
  /** Those that come after it; an error for one that cannot take the request. */
  readonly others: ReadonlyArray<() => Leg<Results[Name]> | GatewayError> | undefined;
}

/** The first route that can take it; when none can, why the user's first cannot. */
export const choose = <Name extends PipelineName>(
  engine: Engine,
  ask: Ask<Name>,
  clock: Clock.Clock,
): Choice<Name> | GatewayError => {
  const [first] = engine.routes;
  const mistake = mistakeIn(ask);
  if (mistake !== undefined) {
    const subject = { gateway: first.target.profile.name, pipeline: shortened(ask.name) };
    return new InvalidRequest({ ...subject, status: null, fields: [mistake] });
  }
  if (engine.routes.length === 1) {
    const leg = makeLeg(engine, first, ask);
    return isGatewayError(leg) ? leg : { leg, bucket: first.bucket, others: undefined };
  }
  const routes = inOrder(engine, ask, clock);
  const make = (route: Route) => makeLeg(engine, route, ask);
  let told: GatewayError | undefined;
  for (const [place, route] of routes.entries()) {
    const leg = make(route);
    if (!isGatewayError(leg)) {
      const others = routes.slice(place + 1).map((other) => () => make(other));
      return { leg, bucket: route.bucket, others: others.length === 0 ? undefined : others };
    }
    if (told === undefined || route === first) told = leg;
  }
  if (told === undefined) throw new Error("a client has a route");
  return told;
};

export const requestedOn = <Name extends PipelineName>(
  { models, target }: Route,
  { name, input }: Ask<Name>,
): string => {
  const given = modelIn(name, input);
  const own = models[name] ?? (given === "undefined" || given === "" ? undefined : given);
  return own ?? target.profile.defaultModels[name] ?? defaultModel(name);
};

/** What types forbid, and JavaScript does not. */
const mistakeIn = ({ name, input }: Ask<PipelineName>): FieldError | undefined => {
  if (!Object.hasOwn(pipelines, name)) {
    const meant = nearest(shortened(name), pipelineNames);
    const fix = meant === undefined ? `Name one of ${pipelineNames.join(", ")}.` : `Did you mean ${meant}?`;
    return { path: "pipeline", message: `"${shortened(name)}" is not a pipeline`, fix };
  }
  if (typeof input === "object" && (input as object | null) !== null && !Array.isArray(input)) return undefined;
  return { path: "input", message: "must be an object", fix: "Give the request's fields, each by its name." };
};

const shortened = (name: unknown): string => String(name).slice(0, 80);

const inOrder = <Name extends PipelineName>(
  engine: Engine,
  ask: Ask<Name>,
  clock: Clock.Clock,
): ReadonlyArray<Route> => {
  const choices = engine.routes.map((route) => {
    const gateway = route.target.profile.name;
    return { route, gateway, pipeline: ask.name, model: requestedOn(route, ask) };
  });
  return engine.warmth.inOrder(choices, clock.currentTimeMillisUnsafe()).map(({ route }) => route);
};
