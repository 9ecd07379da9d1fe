/** Settings, checked: every mistake by its path, or what a client is made of. */
import { type FieldError, InvalidConfiguration, type Policy, RetryPolicy } from "@sluice/errors";
import { type GatewayChoice, keyMistake, pipelineNames, resolveGateway } from "@sluice/models";
import * as Redacted from "effect/Redacted";
import { type Target, targetOf } from "../Target.ts";
import { type Limits, noLimits, readLimits } from "./limits.ts";
import { type GatewayClientSettings, routeNames, type RouteSettings, settingNames } from "./Settings.ts";
import { fixOfUnknown } from "./unknown.ts";

export type LoadedChoice =
  | { readonly ok: true; readonly choice: GatewayChoice }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

/** What a machine adds to settings: its environment, and files that are named as gateways. */
export interface Surroundings {
  readonly environment: string | undefined;
  readonly loadGateway: (choice: GatewayChoice) => LoadedChoice;
}

export interface RouteChoice {
  readonly target: Target;
  readonly models: NonNullable<RouteSettings["models"]>;
}

export interface Settled {
  readonly routes: ReadonlyArray<RouteChoice>;
  readonly limits: Limits;
  readonly policy: Policy;
  /** Whether gateways that are for development are refused. */
  readonly production: boolean;
  readonly concurrency: number | undefined;
  readonly pace: boolean;
  readonly traceHosts: ReadonlySet<string>;
}

/** Throws `InvalidConfiguration`, which lists every mistake. */
export const settle = (settings: GatewayClientSettings, surroundings: Surroundings): Settled => {
  const { value, fields, name } = read(settings, surroundings);
  if (fields.length > 0) throw new InvalidConfiguration({ gateway: name, pipeline: "configuration", fields });
  return value;
};

/** Every mistake in the settings, with the setting's name. */
export const mistakesIn = (settings: GatewayClientSettings, surroundings: Surroundings): ReadonlyArray<FieldError> =>
  read(settings, surroundings).fields;

const read = (given: GatewayClientSettings, surroundings: Surroundings) => {
  // One mistake, not one for each letter of an address.
  const settings: GatewayClientSettings = isRecord(given) ? given : {};
  const { routes, concurrency, pace, traceHosts = [], policy, maxRetries } = settings;
  const fields: Array<FieldError> = [...unknownIn(settings, settingNames, ""), ...wrongKinds(settings)];
  if (!isRecord(given)) fields.push(noSettings);
  const limits = readLimits(settings, noLimits);
  const listed = routes === undefined ? undefined : readRoutes(settings, routes, surroundings, fields);
  const chosen = listed ?? [readRoute(settings, "", surroundings, fields)];
  fields.push(...limits.fields);
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0)) {
    fields.push({
      path: "concurrency",
      message: `must be a whole number of 1 or more, but is ${concurrency}`,
      fix: "Give how many requests may be with a gateway at once, such as 8, or leave it out for no limit.",
    });
  }
  if (pace === true) fields.push(...unpaced(chosen, listed !== undefined));
  fields.push(...badHosts(traceHosts));
  if (policy !== undefined && maxRetries !== undefined) {
    fields.push({
      path: "maxRetries",
      message: "cannot be given beside a policy",
      fix: "Leave it out, or make the policy with it: RetryPolicy.make({ maxRetries }).",
    });
  }
  const value: Settled = {
    routes: chosen.flatMap((route) => route ?? []),
    limits: limits.value,
    policy: policy ?? policyOf(maxRetries, fields),
    production: isProduction(settings.environment ?? surroundings.environment),
    concurrency,
    pace: pace ?? false,
    traceHosts: new Set(Array.isArray(traceHosts) ? traceHosts : []),
  };
  return { value, fields, name: chosen[0]?.target.profile.name ?? "the gateway" };
};

const noSettings: FieldError = {
  path: "settings",
  message: "must be an object",
  fix: 'Give the gateway by its name: { gateway: "https://gateway.example" }.',
};

/** Also as people shorten it: the guard is not to fail for a capital letter. */
const isProduction = (environment: unknown): boolean =>
  typeof environment === "string" && /^\s*prod(uction)?\s*$/i.test(environment);

const policyOf = (maxRetries: number | undefined, fields: Array<FieldError>): Policy => {
  if (maxRetries === undefined) return RetryPolicy.standard;
  try {
    return RetryPolicy.make({ maxRetries });
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    const fix = "Give how often a call may be tried again at most, such as 5, or leave it out.";
    fields.push(...error.fields.map((field) => ({ fix, ...field })));
    return RetryPolicy.standard;
  }
};

const readRoutes = (
  settings: GatewayClientSettings,
  routes: ReadonlyArray<RouteSettings>,
  surroundings: Surroundings,
  fields: Array<FieldError>,
): ReadonlyArray<RouteChoice | undefined> => {
  const beside = routeNames.filter((name) => settings[name as keyof RouteSettings] !== undefined);
  fields.push(
    ...beside.map((path) => ({
      path,
      message: "cannot be given beside routes",
      fix: `Leave it out, or give it in a route: routes[0].${path}.`,
    })),
  );
  if (!Array.isArray(routes) || routes.length === 0) {
    const fix = 'Give a list such as [{ gateway: "livepeer-studio", apiKey }, { gateway: "https://gateway.example" }].';
    fields.push({ path: "routes", message: "must be a list of at least one gateway", fix });
    return [];
  }
  return routes.map((route, place) => {
    const path = `routes.${place}.`;
    if (!isRecord(route)) {
      const fix = 'Give a gateway, such as { gateway: "livepeer-studio", apiKey }.';
      fields.push({ path: `routes.${place}`, message: "must be an object that names a gateway", fix });
      return undefined;
    }
    fields.push(...unknownIn(route, routeNames, path));
    return readRoute(route, path, surroundings, fields);
  });
};

/** Adds its mistakes to the list; `undefined` when it names no gateway. */
const readRoute = (
  settings: RouteSettings,
  path: string,
  { loadGateway }: Surroundings,
  fields: Array<FieldError>,
): RouteChoice | undefined => {
  const { apiKey, models = {} } = settings;
  const loaded = loadGateway(settings);
  const resolved = loaded.ok ? resolveGateway(loaded.choice) : loaded;
  const key = keyOf(apiKey);
  const mistake = isKey(apiKey)
    ? keyMistake(resolved.ok ? resolved.profile : { name: "the gateway", auth: "optional" }, key)
    : { path: "apiKey", message: "must be a text", fix: "Give the key itself, as a string." };
  const found = [
    ...(resolved.ok ? [] : resolved.fields),
    ...(mistake === undefined ? [] : [mistake]),
    ...badModels(models),
  ];
  fields.push(...found.map((field) => ({ ...field, path: path + field.path })));
  return resolved.ok ? { target: targetOf(resolved.profile, key), models } : undefined;
};

const modelsFix = 'Give a model for each pipeline, such as { "text-to-image": "black-forest-labs/FLUX.1-schnell" }.';

const badModels = (models: NonNullable<RouteSettings["models"]>): ReadonlyArray<FieldError> => {
  if (!isRecord(models)) return [{ path: "models", message: "must be an object", fix: modelsFix }];
  return Object.entries(models).flatMap(([name, model]) => {
    const path = `models.${name}`;
    if (!(pipelineNames as ReadonlyArray<string>).includes(name)) {
      return [{ path, message: "is not a pipeline", fix: `Name one of ${pipelineNames.join(", ")}.` }];
    }
    const good = typeof model === "string" && /^\S+$/.test(model);
    return good ? [] : [{ path, message: "must be a model's name, without spaces", fix: modelsFix }];
  });
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** From JavaScript anything may come; what would only show in the middle of a call is told here. */
const wrongKinds = ({ pace, environment, onEvent }: GatewayClientSettings): ReadonlyArray<FieldError> => {
  const kinds = [
    ["pace", "boolean", pace, "true or false", "Give true to keep to the gateway's rate limit."],
    ["environment", "string", environment, "a text", 'Give a name such as "production".'],
    ["onEvent", "function", onEvent, "a function", "Give a function that takes an event."],
  ] as const;
  return kinds.flatMap(([path, kind, value, what, fix]) =>
    value === undefined || typeof value === kind ? [] : [{ path, message: `must be ${what}`, fix }],
  );
};

/** A misspelt `gateway` would send prompts to the public one. */
const unknownIn = (settings: object, known: ReadonlyArray<string>, path: string): ReadonlyArray<FieldError> =>
  Object.keys(settings)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: path + name,
      message: "is not a setting",
      fix: fixOfUnknown(name, known, "settings"),
    }));

const unpaced = (routes: ReadonlyArray<RouteChoice | undefined>, listed: boolean): ReadonlyArray<FieldError> =>
  routes.flatMap((route, place) => {
    if (route === undefined || route.target.profile.rateLimit !== undefined) return [];
    const { name } = route.target.profile;
    return [
      {
        path: "pace",
        message: `needs a rate limit to keep to, and none is known of ${name}${listed ? ` (routes.${place})` : ""}`,
        fix: 'Give the gateway one: gateway: { name, baseUrl, rateLimit: { requests: 20, perSeconds: 60, of: "key" } }.',
      },
    ];
  });

const badHosts = (hosts: ReadonlyArray<string>): ReadonlyArray<FieldError> => {
  const fix = "Give hosts as they stand in the gateways' addresses, such as gateway.example or 127.0.0.1:8935.";
  if (!Array.isArray(hosts)) return [{ path: "traceHosts", message: "must be a list of hosts", fix }];
  return hosts.flatMap((host: unknown, place) => {
    // A scheme's own port is no part of its hosts.
    const good =
      typeof host === "string" && ["http:", "https:"].some((scheme) => URL.parse(`${scheme}//${host}`)?.host === host);
    return good ? [] : [{ path: `traceHosts.${place}`, message: "must be a host, without a scheme or a path", fix }];
  });
};

const isKey = (key: unknown): key is RouteSettings["apiKey"] =>
  key === undefined || typeof (Redacted.isRedacted(key) ? Redacted.value(key) : key) === "string";

/** Surrounding white space is a copying accident, not a part of a key. */
const keyOf = (key: RouteSettings["apiKey"]): string | undefined => {
  if (key === undefined || !isKey(key)) return undefined;
  const text = (Redacted.isRedacted(key) ? Redacted.value(key) : key).trim();
  return text === "" ? undefined : text;
};
