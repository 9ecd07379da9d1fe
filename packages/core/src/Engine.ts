/** What all calls of a client share. Both doors are made of one. */
import type { OnEvent } from "@sluice/telemetry";
import { type Route, routesOf } from "./routes/Route.ts";
import { WarmthBook } from "./routes/WarmthBook.ts";
import { type Settled, settle, type Surroundings } from "./settings/readSettings.ts";
import type { GatewayClientSettings } from "./settings/Settings.ts";
import type { Transport } from "./transport/Transport.ts";

/** What differs between Node and a browser. */
export interface Machine extends Surroundings {
  readonly transport: Transport["Service"];
}

export interface Engine extends Omit<Settled, "routes"> {
  readonly transport: Transport["Service"];
  readonly routes: readonly [Route, ...ReadonlyArray<Route>];
  readonly observers: ReadonlyArray<OnEvent>;
  readonly warmth: WarmthBook;
}

/** Throws `InvalidConfiguration`, which lists every mistake in the settings. */
export const makeEngine = (settings: GatewayClientSettings, machine: Machine): Engine => {
  const settled = settle(settings, machine);
  const { transport } = machine;
  const [first, ...others] = routesOf(settled);
  if (first === undefined) throw new Error("settings without a mistake name a gateway");
  const observers = settings.onEvent === undefined ? [] : [settings.onEvent];
  return { ...settled, transport, routes: [first, ...others], observers, warmth: new WarmthBook() };
};
