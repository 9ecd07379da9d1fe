/** The files of results on a disk. */
import { saveMedia } from "../media/saveMedia.ts";
import type { Media } from "../pipelines/Results.ts";
import type { Fetching } from "./CallOptions.ts";
import type { Gateway } from "./Gateway.ts";
import { fetchWith } from "./media.ts";

/** Downloads it to a file, which is whole or not there; an existing one, or a link, is replaced. Folders are made. */
export const save = (gateway: Gateway, media: Pick<Media, "url">, path: string, options?: Fetching): Promise<void> =>
  fetchWith(gateway, media, (download) => saveMedia(download, path), options);
