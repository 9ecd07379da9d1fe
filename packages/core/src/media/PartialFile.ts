/** A file on its way to disk: beside its path until it is whole, so that what stands under the asked name always is. */
import type { GatewayError } from "@sluice/errors";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { chmod, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import type { Flow } from "../transport/Transport.ts";

/** What may wait for the disk before the sender is held back, in bytes. */
const waitingBytes = 1_048_576;

export class PartialFile {
  readonly #path: string;
  readonly #mode: number | undefined;
  readonly #failure: (cause: unknown) => GatewayError;
  #stream: WriteStream | undefined;
  #refusal: unknown;
  #removals: ReadonlyArray<Promise<void>> = [];

  /** `mode` is that of the file that it replaces; `failure` tells why the disk did not take it. */
  constructor(path: string, mode: number | undefined, failure: (cause: unknown) => GatewayError) {
    this.#path = path;
    this.#mode = mode;
    this.#failure = failure;
  }

  /** Anew, in a file of its own: what an earlier attempt still writes must not get into this one's. */
  begin(flow: Flow): (chunk: Uint8Array) => void {
    this.#drop();
    const stop = (cause: unknown) => {
      flow.stop(this.#failure(cause));
    };
    try {
      const stream = this.#create();
      stream.on("drain", flow.resume).on("error", stop);
      this.#stream = stream;
      return (chunk) => {
        if (!stream.write(chunk)) flow.pause();
      };
    } catch (cause) {
      // Thrown on, it would pass for a network that broke.
      this.#refusal = cause;
      stop(cause);
      return () => undefined;
    }
  }

  /** Writes what waits, and gives the file its name. Rejects when the disk does not take it. */
  async finish(): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined) throw this.#refusal;
    stream.end();
    await finished(stream);
    if (this.#mode !== undefined) await chmod(stream.path, this.#mode);
    await rename(stream.path, this.#path);
    this.#stream = undefined;
  }

  /** Removes what is half written. Nothing, once it is finished. */
  async discard(): Promise<void> {
    this.#drop();
    await Promise.all(this.#removals);
  }

  /** With a name that is short: the asked one may be as long as the disk takes. */
  #create(): WriteStream {
    const path = join(dirname(this.#path), `.${randomUUID()}.partial`);
    const mode = this.#mode === undefined ? {} : { mode: this.#mode };
    return createWriteStream(path, { flags: "wx", highWaterMark: waitingBytes, ...mode });
  }

  #drop(): void {
    if (this.#stream !== undefined) this.#removals = [...this.#removals, remove(this.#stream)];
    this.#stream = undefined;
  }
}

const remove = async (stream: WriteStream): Promise<void> => {
  stream.destroy();
  // It may be about to make the file.
  if (!stream.closed) await once(stream, "close").catch(() => undefined);
  await rm(stream.path, { force: true }).catch(() => undefined);
};
