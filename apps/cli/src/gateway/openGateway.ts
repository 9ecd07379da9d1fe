/** The client that a command calls with: the gateway, the key and the limits of this run. */
import { GatewayClient, type GatewayClientShape, type GatewayClientSettings } from "@sluice/core/effect";
import type { InvalidConfiguration } from "@sluice/errors";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type * as Scope from "effect/Scope";
import { keyOf } from "../credentials/keyOf.ts";
import type { Failed } from "../failures/Failed.ts";
import { gatewayOf } from "../settings/gatewayOf.ts";
import type { Settings } from "../settings/Settings.ts";

/** Its sockets are closed with the scope. `more`: what is not for everyone to set, such as who is told of events. */
export const openGateway = (
  settings: Settings,
  more: Pick<GatewayClientSettings, "onEvent" | "maxRetries"> = {},
): Effect.Effect<GatewayClientShape, Failed | InvalidConfiguration, Scope.Scope> =>
  Effect.gen(function* () {
    const found = yield* keyOf(settings);
    const context = yield* Layer.build(
      GatewayClient.layer({
        ...gatewayOf(settings),
        apiKey: found?.key,
        maxCostUsd: settings.max_cost.value,
        timeoutMs: settings.timeout.value,
        ...more,
      }),
    );
    return Context.get(context, GatewayClient);
  });
