/** The client for programs that use promises: the same core as the Effect door, with no Effect in its types. */
import { connect } from "./promise/connect.ts";
import type { LivepeerGatewayOptions } from "./promise/LivepeerGatewayOptions.ts";
import { PromiseDoor } from "./promise/PromiseDoor.ts";
import type { MediaFile } from "./promise/PromiseResults.ts";
import { remoteFile } from "./promise/remoteFile.ts";
import { save } from "./promise/save.ts";

export class LivepeerGateway extends PromiseDoor<MediaFile> {
  /** Throws `InvalidConfiguration` when a setting is wrong. */
  constructor(options?: LivepeerGatewayOptions) {
    super(connect(options), (gateway, media) => ({
      ...remoteFile(gateway, media),
      save: (path, fetching) => save(gateway, media, path, fetching),
    }));
  }
}
