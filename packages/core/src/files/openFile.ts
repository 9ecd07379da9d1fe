/**
 * Opens a file for a call: what comes out can be read as often as attempts need it, from disk or from memory. What is made
 * for that is gone when the call's scope closes.
 */
import { type FieldError, type GatewayError, InvalidRequest, type Subject } from "@sluice/errors";
import type { Upload } from "@sluice/models";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { constants, openAsBlob } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type FileOptions, FileSource, isAddress } from "./FileSource.ts";
import { Refusal } from "./Refusal.ts";
import { broken, spool } from "./spool.ts";

export interface Opening {
  /** The field that the file is for. */
  readonly field: string;
  readonly subject: Subject;
  /** The longest stream taken, in bytes: a longer one would fill the disk. Default: 256 MiB, five times what gateways take. */
  readonly maxStreamBytes?: number | undefined;
}

const usualStreamBytes = 268_435_456;

/**
 * Fails with an `InvalidRequest` that names the field: no such file, a folder, a stream that another call has used. What
 * `toFile` has not made is given back as it is: the pipeline says what it takes.
 */
export const openFile = (
  source: unknown,
  { field, subject, maxStreamBytes = usualStreamBytes }: Opening,
): Effect.Effect<Upload, GatewayError, Scope.Scope> => {
  if (!(source instanceof FileSource)) return Effect.succeed(source as Upload);
  const { input, options } = FileSource.read(source);
  return Effect.mapError(open(input, options, maxStreamBytes), ({ message, fix, cause }) => {
    const fields: ReadonlyArray<FieldError> = [{ path: field, message, fix }];
    return new InvalidRequest({ ...subject, status: null, fields, ...(cause === undefined ? {} : { cause }) });
  });
};

type Opened = Effect.Effect<Upload, Refusal, Scope.Scope>;

const open = (input: unknown, options: FileOptions, maxBytes: number): Opened => {
  if (typeof input === "string") return openPath(input, options);
  if (input instanceof URL) return openUrl(input, options);
  if (input instanceof Uint8Array) return Effect.succeed(named(input, options));
  if (input instanceof Blob) return Effect.succeed(named(input, options));
  if (input instanceof Response) return openResponse(input, options, maxBytes);
  if (input instanceof ReadableStream) {
    if (input.locked) return Effect.fail(used);
    return openStream(input, () => Readable.fromWeb(input), options, maxBytes);
  }
  if (input instanceof Readable) {
    if (input.errored !== null) return Effect.fail(broken(input.errored));
    if (input.readableDidRead || input.destroyed) return Effect.fail(used);
    return openStream(input, () => input, options, maxBytes);
  }
  return Effect.fail(
    new Refusal("is not a file", "Give toFile a path, a Blob, bytes, a stream, or the answer of a fetch."),
  );
};

const openUrl = (url: URL, options: FileOptions): Opened =>
  url.protocol === "file:" ? openPath(fileURLToPath(url), options) : Effect.fail(notFetched);

const notFetched = new Refusal("is an address, which is not fetched", "Fetch it, and give toFile the answer.");

const asText = new Refusal("is a file: URL as text", "Give toFile a URL, as new URL(text), or the file's path.");

const openPath = (path: string, { name = basename(path), type }: FileOptions): Opened =>
  isAddress(path)
    ? Effect.fail(/^file:/i.test(path) ? asText : notFetched)
    : Effect.tryPromise({
        try: async () => {
          const found = await stat(path);
          if (!found.isFile())
            throw new Refusal(`"${path}" is ${found.isDirectory() ? "a folder" : "no file"}`, giveFile);
          await access(path, constants.R_OK);
          const blob = await openAsBlob(path);
          // A File around a Blob reads from disk as the Blob does.
          return new File([blob], name, type === undefined ? {} : { type });
        },
        catch: (cause) => (cause instanceof Refusal ? cause : unreadable(path, cause)),
      });

const giveFile = "Give the path of a file that exists and may be read.";

const unreadable = (path: string, cause: unknown): Refusal => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return new Refusal(`"${path}" does not exist`, giveFile, cause);
  return new Refusal(
    `"${path}" cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    giveFile,
    cause,
  );
};

const openResponse = (response: Response, { name, type }: FileOptions, maxBytes: number): Opened => {
  const { ok, status, body, bodyUsed, headers, url } = response;
  if (!ok) {
    return Effect.fail(
      new Refusal(`is the answer of a fetch that failed with HTTP ${status}`, "Give it one with a file."),
    );
  }
  if (bodyUsed || body?.locked === true) return Effect.fail(used);
  const known = {
    name: name ?? (url === "" ? undefined : basename(new URL(url).pathname)),
    type: type ?? headers.get("content-type") ?? undefined,
  };
  if (body === null) return Effect.succeed(named(new Uint8Array(), known));
  return openStream(body, () => Readable.fromWeb(body), known, maxBytes);
};

/** Streams that a call has taken, whoever wrapped them. */
const taken = new WeakSet<object>();

const used = new Refusal(
  "is a stream that has been read already",
  "Give each call a stream of its own, or a path, a Blob or bytes, which can be sent again.",
);

const openStream = (key: object, read: () => Readable, options: FileOptions, maxBytes: number): Opened =>
  Effect.suspend(() => {
    if (taken.has(key)) return Effect.fail(used);
    taken.add(key);
    return Effect.map(spool(read(), maxBytes), (upload) => named(upload, options));
  });

/** With the name and the type that were given, or its own. */
const named = (upload: Upload, { name, type }: FileOptions): Upload => {
  if (name === undefined && type === undefined) return upload;
  const own = upload instanceof Blob ? upload.type : "";
  return new File([upload], name ?? (upload instanceof File ? upload.name : ""), { type: type ?? own });
};
