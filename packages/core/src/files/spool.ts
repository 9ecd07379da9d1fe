/**
 * A stream as something that can be sent again: in memory when it is short, else in a temporary file that nobody else may
 * read, and that is gone when the scope closes.
 */
import type { Upload } from "@sluice/models";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { randomUUID } from "node:crypto";
import { openAsBlob } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Refusal } from "./Refusal.ts";

/** What is not longer stays in memory, in bytes. */
const shortBytes = 1_048_576;

/** Reads the stream to its end, or ends it: when the effect is interrupted, and when more than `maxBytes` come. */
export const spool = (stream: Readable, maxBytes: number): Effect.Effect<Upload, Refusal, Scope.Scope> =>
  Effect.flatMap(
    Effect.acquireRelease(
      Effect.sync(() => new Spool(stream, maxBytes)),
      (own) => Effect.promise(() => own.close()),
    ),
    (own) =>
      Effect.tryPromise({
        try: () => own.read(),
        catch: (cause) => (cause instanceof Refusal ? cause : broken(cause)),
      }),
  );

export const broken = (cause: unknown): Refusal =>
  new Refusal(
    `is a stream that broke: ${cause instanceof Error ? cause.message : String(cause)}`,
    "Give a stream that can be read to its end.",
    cause,
  );

class Spool {
  readonly #stream: Readable;
  readonly #maxBytes: number;
  readonly #path = join(tmpdir(), `sluice-${randomUUID()}`);
  #file: Promise<FileHandle> | undefined;
  #closed = false;

  constructor(stream: Readable, maxBytes: number) {
    this.#stream = stream;
    this.#maxBytes = maxBytes;
  }

  /** Ends the reading if it goes on. That is not waited for, since a stream need not end; only for a file that is being made. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stream.destroy();
    const file = await this.#file?.catch(() => undefined);
    await rm(this.#path, { force: true });
    // It waits for what is being written.
    file?.close().catch(() => undefined);
  }

  async read(): Promise<Upload> {
    const chunks: Array<Uint8Array> = [];
    let length = 0;
    try {
      for await (const chunk of this.#stream as AsyncIterable<unknown>) {
        if (this.#closed) break;
        if (!(chunk instanceof Uint8Array)) {
          throw new Refusal("is a stream of texts or objects", "Give a stream of bytes, without an encoding.");
        }
        length += chunk.byteLength;
        if (length > this.#maxBytes) {
          throw new Refusal(
            `is a stream of more than ${this.#maxBytes} bytes`,
            "Give a shorter one, or a file by its path.",
          );
        }
        chunks.push(chunk);
        if (length > shortBytes) {
          this.#file ??= open(this.#path, "wx", 0o600);
          await writeAll(await this.#file, chunks.splice(0));
        }
      }
    } finally {
      await (await this.#file)?.close();
    }
    return this.#file === undefined ? Buffer.concat(chunks) : openAsBlob(this.#path);
  }
}

/** `writev` may write less than it is given. */
const writeAll = async (file: FileHandle, chunks: ReadonlyArray<Uint8Array>): Promise<void> => {
  for (const chunk of chunks) await file.writeFile(chunk);
};
