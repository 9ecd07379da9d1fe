/**
 * A file that a request carries: bytes, or a Blob. A File is a Blob, and so is what Node's `fs.openAsBlob` gives, which
 * reads from disk as it is sent.
 */
export type Upload = Uint8Array | Blob;

export const isUpload = (value: unknown): value is Upload => value instanceof Uint8Array || value instanceof Blob;

/** In bytes. */
export const sizeOf = (upload: Upload): number => (upload instanceof Blob ? upload.size : upload.byteLength);

/** A header with a thumbnail and a colour profile is seldom longer. In bytes. */
export const usualHeader = 262_144;

/** No pipeline takes a longer file (the runner's limit): of one, nothing but its first bytes is read. In bytes. */
export const longestFile = 52_428_800;

/** Its first bytes, as a copy; of a Blob that cannot be read, such as a file that is gone by now, none. */
export const headOf = async (upload: Upload, length: number): Promise<Uint8Array> => {
  if (!(upload instanceof Blob)) return new Uint8Array(upload.subarray(0, length));
  try {
    return new Uint8Array(await upload.slice(0, length).arrayBuffer());
  } catch {
    return new Uint8Array();
  }
};
