/** How a program comes to the drill's gateway: by the URL that it is told, or through a proxy to the URL that is fixed in it. */
import type { Emulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { gatewayAt, proxyAt } from "../running/environment.ts";
import type { FixedGateway } from "./FixedGateway.ts";
import { startProxy } from "./startProxy.ts";

export interface Door {
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Hosts to which the key was sent and that are not the gateway's, as far as the door sees that. */
  readonly keySentTo: () => ReadonlyArray<string>;
  /** Whom it was asked for and does not lead to. */
  readonly refused: () => ReadonlyArray<string>;
}

export interface DoorSettings {
  readonly emulator: Pick<Emulator, "url" | "openaiUrl">;
  readonly dialect: "go-livepeer" | "studio";
  readonly fixed: FixedGateway | undefined;
  readonly key: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const openDoor = ({
  emulator,
  dialect,
  fixed,
  key,
  env,
}: DoorSettings): Effect.Effect<Door, never, Scope.Scope> => {
  if (fixed === undefined) {
    return Effect.succeed({ url: emulator.url, env: gatewayAt(emulator, env), ...seesNothing });
  }
  // go-livepeer serves its pipelines at the top.
  const strip = dialect === "studio" ? "" : fixed.url.pathname.replace(/\/$/, "");
  return Effect.map(startProxy({ fixed, gateway: new URL(emulator.url), strip, key }), (proxy) => ({
    url: fixed.url.href,
    env: proxyAt(proxy.url, fixed.tls?.certificateFile),
    keySentTo: proxy.keySentTo,
    refused: proxy.refused,
  }));
};

const seesNothing = { keySentTo: () => [], refused: () => [] };
