/** The faults that hit a request in front of Studio: what stands there knows nothing of keys, schemas or origins. */
import * as Effect from "effect/Effect";
import { hit, isResetUnread } from "../gateway/generate.ts";
import type { Incoming } from "../gateway/Incoming.ts";
import type { Replying } from "../gateway/Orchestra.ts";
import type { Gateway } from "../gateway/route.ts";
import { reset } from "../proxy/proxied.ts";
import type { StudioPipelineName } from "./schemas.ts";

/** `studio`: what Studio makes of the request. Nothing there comes as a stream. */
export const behindFaults = (
  gateway: Gateway,
  incoming: Incoming,
  pipeline: StudioPipelineName,
  studio: (incoming: Incoming) => Replying,
): Replying => {
  const arriving = { ...incoming, side: "in front" } as const;
  if (isResetUnread(gateway, arriving)) return Effect.succeed(reset);
  return Effect.flatMap(incoming.bytes, (bytes) =>
    hit(
      gateway,
      arriving,
      { key: incoming.key, pipeline, streams: false },
      studio({ ...incoming, bytes: Effect.succeed(bytes) }),
    ),
  );
};
