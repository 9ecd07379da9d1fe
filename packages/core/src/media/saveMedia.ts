/** A result's file on disk, written as it comes: never half of one under the asked name, and no more of it in memory than the disk is behind. */
import { FileNotWritten, type GatewayError } from "@sluice/errors";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { resolve, sep } from "node:path";
import { type Download, download } from "./Download.ts";
import { PartialFile } from "./PartialFile.ts";
import { makePlace } from "./makePlace.ts";

/** In milliseconds and bytes: 2 GiB, more than any pipeline makes. */
const usual = { timeoutMs: 300_000, maxBytes: 2_147_483_648 };

/** A disk that stands still is left to itself after so long, in milliseconds. */
const cleanUpMs = 1_000;

/**
 * Replaces an existing file, whose permissions stay; of a symbolic link, the link and not what it leads to. Folders are
 * made. A relative path begins where the process stands when this is called. Fails with `FileNotWritten` when the disk is
 * the reason, also when it has not taken the file by the deadline.
 */
export const saveMedia = (media: Download, path: string): Effect.Effect<void, GatewayError> => {
  const notWritten = (cause: unknown): FileNotWritten => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const gateway = media.target.profile.name;
    return new FileNotWritten({ gateway, pipeline: "download", path, url: media.url, reason, cause });
  };
  // Nobody who writes `folder/` means a file of that name.
  if (path === "" || path.endsWith("/") || path.endsWith(sep))
    return Effect.fail(notWritten(new Error("it names no file")));
  const place = resolve(path);
  return Effect.flatMap(Clock.Clock, (clock) => {
    const timeoutMs = media.timeoutMs ?? usual.timeoutMs;
    const endsAt = clock.currentTimeMillisUnsafe() + timeoutMs;
    const orElse = () => Effect.fail(notWritten(new Error(`the disk did not take it in ${timeoutMs} ms`)));
    const onDisk = <A>(job: () => Promise<A>) =>
      Effect.suspend(() => {
        const duration = Math.max(0, endsAt - clock.currentTimeMillisUnsafe());
        return Effect.timeoutOrElse(Effect.tryPromise({ try: job, catch: notWritten }), { duration, orElse });
      });
    const written = (mode: number | undefined) => {
      const file = new PartialFile(place, mode, notWritten);
      return download(media, { ...usual, begin: (flow) => file.begin(flow) }).pipe(
        Effect.andThen(onDisk(() => file.finish())),
        Effect.ensuring(Effect.timeoutOption(Effect.interruptible(Effect.promise(() => file.discard())), cleanUpMs)),
      );
    };
    return Effect.flatMap(
      onDisk(() => makePlace(place)),
      written,
    );
  });
};
