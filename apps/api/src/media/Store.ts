/** Where the bytes of kept files lie: in memory, or in a private folder on disk. What is kept, and how long, is the shelf's. */
import { open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentTypeOf, tellingBytes } from "./contentType.ts";
import { openOwnFolder } from "./ownFolder.ts";

/** How a file is fetched from where it was made. Both reject when they fail and when the signal aborts. */
export interface MediaPorts {
  readonly fetch: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
  /** Under the path is the whole file, or none. */
  readonly save: (url: string, path: string, signal: AbortSignal) => Promise<void>;
}

export type Content = { readonly bytes: Uint8Array } | { readonly path: string };

export interface Stored {
  readonly content: Content;
  /** In bytes. */
  readonly size: number;
  /** A media type. */
  readonly type: string;
}

export interface Store {
  readonly fetch: (id: string, url: string, signal: AbortSignal) => Promise<Stored>;
  readonly remove: (id: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Whoever drops what `fetch` gave has removed it. */
export const memoryStore = ({ fetch }: Pick<MediaPorts, "fetch">): Store => ({
  fetch: async (_id, url, signal) => {
    const bytes = await fetch(url, signal);
    return { content: { bytes }, size: bytes.byteLength, type: contentTypeOf(bytes) };
  },
  remove: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

/** Throws when the folder cannot be made. Others on this machine cannot read it. */
export const diskStore = ({ save }: Pick<MediaPorts, "save">, parent = tmpdir()): Store => {
  const { path: folder, close } = openOwnFolder(parent, "media");
  return {
    fetch: async (id, url, signal) => {
      const path = join(folder, id);
      await save(url, path, signal);
      const { size } = await stat(path);
      return { content: { path }, size, type: contentTypeOf(await headOf(path)) };
    },
    remove: (id) => rm(join(folder, id), { force: true }),
    close,
  };
};

const headOf = async (path: string): Promise<Uint8Array> => {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(new Uint8Array(tellingBytes), 0, tellingBytes, 0);
  return buffer.subarray(0, bytesRead);
};
