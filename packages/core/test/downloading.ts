/** A download from a server of a test's own, with a client's key. */
import { isGatewayError, RetryBucket } from "@sluice/errors";
import { resolveGateway } from "@sluice/models";
import type { CallEvent } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import type { Engine } from "../src/Engine.ts";
import type { Download } from "../src/media/Download.ts";
import { downloadOf } from "../src/media/downloadOf.ts";
import { targetOf } from "../src/Target.ts";
import { Transport } from "../src/transport/Transport.ts";
import { layer } from "../src/transport/undici.ts";

export const key = "sk-1234567890";

/** `more` may say that the gateway is another one than the file's host. */
export const downloading = <A, E, R>(
  origin: string,
  use: (media: Download, events: ReadonlyArray<CallEvent>) => Effect.Effect<A, E, R>,
  { gateway = origin, ...more }: Partial<Download> & { readonly gateway?: string } = {},
) =>
  Effect.flatMap(Transport, (transport) => {
    const resolved = resolveGateway({ gateway });
    if (!resolved.ok) throw new Error(`no gateway: ${gateway}`);
    const events: Array<CallEvent> = [];
    const observers = [(event: CallEvent) => void events.push(event)];
    const route = { target: targetOf(resolved.profile, key), bucket: RetryBucket.make() } as Engine["routes"][0];
    const download = downloadOf({ transport, routes: [route], observers }, { url: `${origin}/stream/a.png` });
    if (isGatewayError(download)) throw download;
    return use({ ...download, ...more }, events);
  }).pipe(Effect.provide(layer));
