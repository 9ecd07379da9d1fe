/**
 * A file that a request carries: bytes, or a Blob. A File is a Blob, and so is what Node's `fs.openAsBlob` gives, which
 * reads from disk as it is sent.
 */
export type Upload = Uint8Array | Blob;

export const isUpload = (value: unknown): value is Upload => value instanceof Uint8Array || value instanceof Blob;

/** In bytes. */
export const sizeOf = (upload: Upload): number => (upload instanceof Blob ? upload.size : upload.byteLength);
