/** What Node adds to a client: the environment's name, and files. */
import type { FieldError } from "@sluice/errors";
import type { Machine } from "./Engine.ts";
import { mistakesIn } from "./settings/readSettings.ts";
import type { GatewayClientSettings } from "./settings/Settings.ts";
import { loadGateway } from "./settings/gatewayFile.ts";

export const nodeMachine: Omit<Machine, "transport"> = {
  /** Read when a client is made: a program may set it after its imports. */
  get environment() {
    return process.env["NODE_ENV"];
  },
  loadGateway,
};

/** Every mistake in the settings, with the setting's name. */
export const checkSettings = (settings: GatewayClientSettings): ReadonlyArray<FieldError> =>
  mistakesIn(settings, nodeMachine);
