/** A result's file on disk, written as it comes: never half of one under the asked name, and no more of it in memory than the disk is behind. */
import { FileNotWritten, type GatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import { dirname } from "node:path";
import { type Download, download } from "./Download.ts";
import { makeFolder } from "./makeFolder.ts";
import { PartialFile } from "./PartialFile.ts";

/** In milliseconds and bytes: 2 GiB, more than any pipeline makes. */
const usual = { timeoutMs: 300_000, maxBytes: 2_147_483_648 };

/** Replaces an existing file; folders are made. Fails with `FileNotWritten` when the disk is the reason. */
export const saveMedia = (media: Download, path: string): Effect.Effect<void, GatewayError> =>
  Effect.suspend(() => {
    const notWritten = (cause: unknown): FileNotWritten => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const gateway = media.target.profile.name;
      return new FileNotWritten({ gateway, pipeline: "download", path, url: media.url, reason, cause });
    };
    const onDisk = (job: () => Promise<void>) => Effect.tryPromise({ try: job, catch: notWritten });
    const file = new PartialFile(path, notWritten);
    return onDisk(() => makeFolder(dirname(path))).pipe(
      Effect.andThen(download(media, { ...usual, begin: (flow) => file.begin(flow) })),
      Effect.andThen(Effect.uninterruptible(onDisk(() => file.finish()))),
      Effect.ensuring(Effect.promise(() => file.discard())),
    );
  });
