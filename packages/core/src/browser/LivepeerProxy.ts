/** The client for pages and workers: it asks a proxy of your own, which has the key, and has the same methods. */
import { makeEngine } from "../Engine.ts";
import { makeGateway } from "../promise/Gateway.ts";
import { PromiseDoor } from "../promise/PromiseDoor.ts";
import type { RemoteFile } from "../promise/PromiseResults.ts";
import { remoteFile } from "../promise/remoteFile.ts";
import { makeFetchTransport } from "../transport/fetch.ts";
import type { LivepeerProxyOptions } from "./LivepeerProxyOptions.ts";
import { browserSurroundings, readOptions } from "./readOptions.ts";

export class LivepeerProxy extends PromiseDoor<RemoteFile> {
  /** Throws `InvalidConfiguration` when a setting is wrong. */
  constructor(options: LivepeerProxyOptions) {
    const { settings, origin: own, credentials } = readOptions(options);
    // An object store that a result lies on has nothing to do with the page's cookies.
    const carrier = makeFetchTransport((origin) => (origin === own ? credentials : "same-origin"));
    const engine = makeEngine(settings, { ...browserSurroundings, transport: carrier.transport });
    super(makeGateway(engine, carrier.close), remoteFile);
  }
}
