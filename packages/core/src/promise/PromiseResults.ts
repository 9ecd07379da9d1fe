/** Results whose files can be fetched. */
import type { PipelineName } from "@sluice/models";
import type { Media, ResultOf } from "../pipelines/Results.ts";
import type { Fetching } from "./CallOptions.ts";

/** A file that a gateway made, and how to get it. Fetch it soon: gateways keep few files, for a short time. */
export interface RemoteFile extends Media {
  /** Downloads it into memory. */
  readonly bytes: (options?: Fetching) => Promise<Uint8Array>;
  /** Downloads it as it comes: succeeds when its first bytes have come. */
  readonly stream: (options?: Fetching) => Promise<ReadableStream<Uint8Array>>;
}

/** The same, where there is a disk. */
export interface MediaFile extends RemoteFile {
  /** Downloads it to a file, which is whole or not there; an existing one, or a link, is replaced. Folders are made. */
  readonly save: (path: string, options?: Fetching) => Promise<void>;
}

/** A result with a `File` for each `Media`. */
export type WithFiles<Result, File extends RemoteFile> = {
  readonly [Key in keyof Result]: Result[Key] extends Media
    ? File
    : Result[Key] extends ReadonlyArray<Media>
      ? ReadonlyArray<File>
      : Result[Key];
};

export type PromiseResultOf<Name extends PipelineName, File extends RemoteFile = MediaFile> = WithFiles<
  ResultOf<Name>,
  File
>;

/** Where a result holds its files. */
const places = ["images", "videos", "audio"] as const;

export const withFiles = <Result extends object, File extends RemoteFile>(
  result: Result,
  fileOf: (media: Media) => File,
): WithFiles<Result, File> => {
  const found = { ...result } as Record<string, unknown>;
  for (const place of places) {
    const value = found[place] as Media | ReadonlyArray<Media> | undefined;
    if (value !== undefined) found[place] = isList(value) ? value.map(fileOf) : fileOf(value);
  }
  return found as WithFiles<Result, File>;
};

const isList = (value: Media | ReadonlyArray<Media>): value is ReadonlyArray<Media> => Array.isArray(value);
