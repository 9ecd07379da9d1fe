/** Where a file comes from. What it is, and whether it is there, is found out when a call opens it. */
import type { GatewayError, Subject } from "@sluice/errors";
import type { Upload } from "@sluice/models";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { Readable } from "node:stream";

/**
 * - text: the path of a file;
 * - URL: a `file:` URL;
 * - Blob or File; Uint8Array, so also Buffer;
 * - a Node stream, a web stream, or the answer of a `fetch`: these can be read once, by one call.
 */
export type FileInput = string | URL | Blob | Uint8Array | Readable | ReadableStream<Uint8Array> | Response;

export interface FileOptions {
  /** What the gateway sees as the file's name. Default: its own. */
  readonly name?: string | undefined;
  /** Its MIME type. Default: its own, or what its first bytes say. */
  readonly type?: string | undefined;
}

/** A file for a call's field. Opaque: made by `toFile`. */
export class FileSource {
  readonly #input: unknown;
  readonly #options: FileOptions;

  /** The input is a `FileInput`, whose type names what browsers do not have. */
  constructor(input: unknown, options: FileOptions) {
    this.#input = input;
    this.#options = options;
  }

  /** For `openFile`. */
  static read(source: FileSource): { readonly input: unknown; readonly options: FileOptions } {
    return { input: source.#input, options: source.#options };
  }
}

/** A URL as text is no path, though every text could be one. */
export const isAddress = (text: string): boolean => /^([a-z][a-z+.-]+:\/\/|data:)/i.test(text);

/** Makes a file sendable, as often as an attempt needs it, until the scope closes. */
export type OpenFile = (
  source: FileSource,
  at: { readonly subject: Subject; readonly field: string },
) => Effect.Effect<Upload, GatewayError, Scope.Scope>;

/** What makes a file brings what opens it: a client whose caller makes none has nothing of that. */
const openers = new WeakMap<object, OpenFile>();

export const openedBy = (source: FileSource, open: OpenFile): FileSource => {
  openers.set(source, open);
  return source;
};

/** What is no `FileSource` is left as it is. */
export const openSource = (
  source: FileSource | Upload,
  at: { readonly subject: Subject; readonly field: string },
): Effect.Effect<Upload, GatewayError, Scope.Scope> =>
  openers.get(source)?.(source as FileSource, at) ?? Effect.succeed(source as Upload);
