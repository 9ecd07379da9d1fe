/** Which gateway production calls, and who says so. */
import type { GatewayProfile } from "@sluice/models";
import { profileNames } from "@sluice/models";
import * as Effect from "effect/Effect";
import { settingsFile } from "../settings/LaunchSettings.ts";
import type { Folder } from "./Folder.ts";
import { type GatewaySaying, isResolved, sayingOf } from "./gateway/GatewaySaying.ts";
import { sayingsInCode } from "./gateway/sayingsInCode.ts";
import { sayingsInFiles } from "./gateway/sayingsInFiles.ts";
import { gatewayVariables, sayingIn } from "./gateway/variables.ts";
import type { Subject } from "./Subject.ts";

/** The first that counts, if it can be told. `from`: who says so, such as `launch.toml`. */
export interface ProductionGateway {
  readonly profile: GatewayProfile;
  readonly from: string;
}

export const productionGateway = (subject: Subject): Effect.Effect<ProductionGateway | undefined> => {
  const [first] = told(subject);
  const sayings = first === undefined ? written(subject.folder) : Effect.succeed([first]);
  return Effect.map(sayings, (all) => {
    const saying = all[0]?.source === "code" ? (all.find(isForProduction) ?? all[0]) : all[0];
    return saying !== undefined && isResolved(saying) ? { profile: saying.profile, from: saying.from } : undefined;
  });
};

/** Code may name a gateway for development beside that of production. */
const isForProduction = (saying: GatewaySaying): boolean =>
  isResolved(saying) && saying.profile.stage !== "development";

/** All that is said, from what counts most to what counts least. */
export const gatewaySayings = (subject: Subject): Effect.Effect<ReadonlyArray<GatewaySaying>> =>
  Effect.map(written(subject.folder), (found) => [...told(subject), ...found]);

/** Without a look at files. */
const told = ({ settings: { gateway }, service, env }: Subject): ReadonlyArray<GatewaySaying> => {
  const inSettings = gateway === undefined ? [] : [sayingOf({ source: "settings", from: settingsFile }, { gateway })];
  const ofService = (service?.gateways ?? []).map(({ name, baseUrl }) =>
    sayingOf(
      { source: "service", from: `the service's gateway ${name}` },
      profileNames.includes(name) ? { gateway: name, gatewayUrl: baseUrl } : { gatewayUrl: baseUrl },
    ),
  );
  const variables = gatewayVariables.map((name) => ({ name, value: env[name] ?? "" }));
  const inEnvironment = sayingIn("environment", variables);
  return [...inSettings, ...ofService, ...(inEnvironment === undefined ? [] : [inEnvironment])];
};

/** Several checks ask at once, and a folder has many files. */
const known = new WeakMap<Folder, Effect.Effect<ReadonlyArray<GatewaySaying>>>();

const written = (folder: Folder | undefined): Effect.Effect<ReadonlyArray<GatewaySaying>> =>
  Effect.suspend(() => {
    if (folder === undefined) return Effect.succeed([]);
    const before = known.get(folder);
    if (before !== undefined) return before;
    const look = Effect.map(Effect.all([sayingsInFiles(folder), sayingsInCode(folder)]), (all) => all.flat());
    return Effect.flatMap(Effect.cached(look), (cached) => {
      known.set(folder, cached);
      return cached;
    });
  });
