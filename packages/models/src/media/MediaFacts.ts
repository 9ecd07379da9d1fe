/** What the header of a file says about it, without decoding the file: enough to price it and to know who can read it. */

export interface ImageFacts {
  readonly kind: "image";
  /** In bytes. */
  readonly bytes: number;
  /** By the file's first bytes, such as `png`, `jpeg`, `gif`, `webp`; absent when they are no image's. */
  readonly format?: string;
  /** In pixels; absent when the header does not say. */
  readonly width?: number;
  readonly height?: number;
}

export interface AudioFacts {
  readonly kind: "audio";
  /** In bytes. */
  readonly bytes: number;
  /** By the file's first bytes, such as `wav`, `mp3`, `flac`, `mp4`, `webm`; absent when they are no audio's. */
  readonly format?: string;
  /** How long it plays, in seconds; absent when the header does not say. */
  readonly seconds?: number;
}

export type MediaFacts = ImageFacts | AudioFacts;
