/** The bytes of a result, fetched before they are gone, and written to a file without ever leaving half of one. */
import {
  type GatewayError,
  MediaUnavailable,
  FileNotWritten,
  type RetryBucket,
  RetryPolicy,
  type Subject,
} from "@sluice/errors";
import * as Effect from "effect/Effect";
import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { OnEvent } from "../call/CallEvent.ts";
import { runCall } from "../call/runCall.ts";
import { makeFolder } from "./makeFolder.ts";
import type { Target } from "../Target.ts";
import type { Transport } from "../transport/Transport.ts";

/** A download's deadline in milliseconds; the media exists already, so a gateway that needs longer is not serving it. */
const timeoutMs = 60_000;
const maxMediaBytes = 67_108_864;

/** Reading is safe to repeat, whatever happened: at once and a few times, or when the host says. */
const policy = RetryPolicy.byClass((error) => {
  if (error._tag === "RateLimited") return RetryPolicy.rateLimited;
  return error.retryable ? RetryPolicy.connection : RetryPolicy.never;
});

export const fetchMedia = (
  transport: Transport["Service"],
  target: Target,
  url: string,
  bucket: RetryBucket.RetryBucket,
  observers: ReadonlyArray<OnEvent>,
): Effect.Effect<Uint8Array, GatewayError> => {
  const { origin, pathname, search } = new URL(url);
  const subject: Subject = { gateway: target.profile.name, pipeline: "download" };
  const call = runCall(transport, {
    subject,
    dialect: "generic",
    // The key belongs to the gateway: an object store on another host must not see it.
    request: {
      method: "GET",
      origin,
      path: pathname + search,
      headers: origin === target.origin ? target.mediaHeaders : {},
      maxBytes: maxMediaBytes,
    },
    secrets: target.secrets,
    timeoutMs,
    policy,
    bucket,
    expects: "bytes",
    observers,
    decode: ({ body }) => body,
  });
  return call.pipe(
    Effect.map(({ result }) => result),
    Effect.mapError((error) => {
      const { _tag: tag, attempts, requestId = "" } = error;
      if (tag !== "PipelineNotOffered" && tag !== "PipelineRetired") return error;
      return new MediaUnavailable({
        ...subject,
        url,
        status: tag === "PipelineRetired" ? 410 : 404,
        attempts,
        requestId,
      });
    }),
  );
};

/** Writes beside the path and renames, so that a file under the asked name is always whole. */
export const saveMedia = (
  { gateway, url }: { readonly gateway: string; readonly url: string },
  bytes: Uint8Array,
  path: string,
): Effect.Effect<void, FileNotWritten> => {
  const partial = `${path}.${randomUUID()}.partial`;
  return Effect.tryPromise({
    try: async (signal) => {
      await makeFolder(dirname(path));
      await writeFile(partial, bytes, { signal });
      signal.throwIfAborted();
      await rename(partial, path);
    },
    catch: (cause) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return new FileNotWritten({ gateway, pipeline: "download", path, url, reason, cause });
    },
  }).pipe(Effect.onError(() => Effect.ignore(Effect.tryPromise(() => rm(partial, { force: true })))));
};
