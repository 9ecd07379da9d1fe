/** A shelf on time that stands still, whose files come when a test lets them. */
import { writeFileSync } from "node:fs";
import { assert } from "vitest";
import { Refusal } from "../../src/http/Refusal.ts";
import { MediaSettings } from "../../src/media/MediaSettings.ts";
import { type MediaShelf, openShelf, type ShelvedFile } from "../../src/media/MediaShelf.ts";

export interface Fetching {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly give: (bytes: Uint8Array) => void;
  readonly fail: (error: Error) => void;
}

export interface Shelf {
  readonly shelf: MediaShelf;
  /** Those that have begun, in their order. */
  readonly fetches: ReadonlyArray<Fetching>;
  readonly passSeconds: (seconds: number) => void;
}

/** `answer`: what each fetch gives at once. Without it, a test gives it. */
export const makeShelf = (
  settings: Partial<MediaSettings> = {},
  answer?: (url: string) => Uint8Array | Promise<Uint8Array>,
): Shelf => {
  let now = Date.UTC(2026, 10, 23, 12);
  const fetches: Array<Fetching> = [];
  const fetch = (url: string, signal: AbortSignal): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        reject(error);
      };
      signal.addEventListener("abort", () => {
        fail(new Error("aborted"));
      });
      fetches.push({ url, signal, give: resolve, fail });
      if (answer !== undefined) resolve(answer(url));
    });
  const save = async (url: string, path: string, signal: AbortSignal): Promise<void> => {
    writeFileSync(path, await fetch(url, signal), { flag: "wx" });
  };
  const shelf = openShelf(MediaSettings.parse(settings), { now: () => now, fetch, save });
  if (shelf === undefined) throw new Error("nothing is kept");
  const passSeconds = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { shelf, fetches, passSeconds };
};

export const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4);

/** So many bytes that begin as an image. */
export const image = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set(png.subarray(0, size));
  return bytes;
};

export const megabyte = 1_048_576;

/** Where a gateway has a file. */
export const source = "https://gateway.example/stream/0a1b2c3d/fox.png";

export const failureOf = (opening: Promise<ShelvedFile>): Promise<unknown> =>
  opening.then(
    () => assert.fail("it was opened"),
    (error: unknown) => error,
  );

export const assertGone = async (shelf: MediaShelf, id: string): Promise<void> => {
  const error = await failureOf(shelf.open(id));
  assert.instanceOf(error, Refusal);
  assert.propertyVal(error, "kind", new Refusal("gone", "").kind);
};
